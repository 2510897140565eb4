import { z } from "zod";
import type { Environment } from "../../config/environment";
import { mebibytes, repositoryName } from "../archive-findings";
import type { RepositorySchedule } from "../archive-schedule";
import type { CommandEnded } from "../target-command";
import { duration } from "./duration";
import { failureLines } from "./failure";
import { printable } from "./printable";

// What a step prints is external input.
const made = z.array(
  z.object({
    repository: z.number(),
    label: z.string(),
    seconds: z.number(),
    databaseBytes: z.number(),
  }),
);

/** The backups that were made, or why not. */
export function backupLines({ runId, result, failure }: CommandEnded, environment: Environment): string[] {
  if (failure !== null) return failureLines(failure, runId, environment);
  const { data = [] } = made.safeParse(result?.fullBackups);
  if (data.length === 0) return ["The backup was made; it told nothing more."];
  return data.map(
    ({ repository, label, seconds, databaseBytes }) =>
      `${repositoryName(repository)}: full backup ${printable(label)} of ${mebibytes(databaseBytes)} after ${duration(seconds)}.`,
  );
}

/** What goes where on the repository host. */
export function scheduleLines({ configuration, units, commands }: RepositorySchedule): string[] {
  return [
    "# On the repository host, into its pgbackrest.conf, which has repo3 (its own disk) and repo2 (S3) under these keys:",
    ...configuration,
    ...Object.entries(units).flatMap(([path, lines]) => ["", `# ${path}`, ...lines]),
    "",
    "# Then, as root there:",
    ...commands,
  ];
}
