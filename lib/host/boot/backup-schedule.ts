import type { Environment } from "../../config/environment";

/** A line for each of the target's own timers: type and time. None where the repository host starts the backups. */
export function backupSchedule({ repository }: Environment): string {
  const { startedBy, full, incremental } = repository.pgbackrest.backups;
  return startedBy === "host" ? `full ${full}\nincremental ${incremental}\n` : "";
}
