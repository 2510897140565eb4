import type { Drill, Drilled } from "../drill";
import { count } from "./count";
import { duration } from "./duration";
import { printable } from "./printable";

const MIB = 1024 ** 2;

/** A drill for people: what each repository gave, up to when, and how long it took. */
export function drillLines({ runId, drills, passed }: Drilled): string[] {
  return [
    `Drill ${runId} ${passed ? "succeeded" : "failed"}`,
    ...drills.flatMap(linesOf),
    ...(drills.length === 0 ? ["Nothing was restored."] : []),
  ];
}

function linesOf({ repo, restored }: Drill): string[] {
  const place = `repo${repo} (${repo === 3 ? "the repository host" : "S3"})`;
  if (restored === null) return [`${place}: FAILED, nothing was restored`];
  const { backup, recoveryPoint, seconds, restoredBytes, relations, rows, timescaledb } = restored;
  const mebibytes = Math.round(restoredBytes / MIB).toLocaleString("en-GB");
  return [
    `${place}: restored in ${duration(seconds)}`,
    `  recovery point  ${recoveryPoint}`,
    `  backup          ${printable(backup)}, ${mebibytes} MiB`,
    `  read            ${count(relations, "relation")}, ${count(rows, "row")}`,
    ...(timescaledb === null ? [] : [`  TimescaleDB     ${held(timescaledb)}`]),
  ];
}

/** `hypertables 4, chunks 31`: the names are the step's own. */
function held(counts: Record<string, number>): string {
  return Object.entries(counts)
    .filter(([name]) => name !== "jobsStarted")
    .map(([name, value]) => {
      const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      return `${printable(words)} ${value.toLocaleString("en-GB")}`;
    })
    .join(", ");
}
