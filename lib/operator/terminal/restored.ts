import type { Drill, Recovered, Restored } from "../report/schema";
import { count } from "./count";
import { duration } from "./duration";
import { printable } from "./printable";

const MIB = 1024 ** 2;

/** A drill for people: what each repository gave, up to when, and how long it took. */
export function drillLines({ outcome, repositories = [] }: Drill): string[] {
  return [
    ...repositories.flatMap(restoredLines),
    ...(outcome === "failed" ? ["NOT EVERY REPOSITORY COULD BE RESTORED FROM: see why above."] : []),
  ];
}

function restoredLines(restored: Restored): string[] {
  const { repository, backup, recoveryPoint, seconds, relations, rows, timescaledb } = restored;
  const mebibytes = Math.round(restored.restoredBytes / MIB).toLocaleString("en-GB");
  return [
    `Restored from repo${repository} (${repository === 3 ? "SSH" : "S3"}) in ${duration(seconds)}:`,
    `  recovery point  ${recoveryPoint}`,
    `  backup          ${printable(backup)}, ${mebibytes} MiB with its WAL`,
    `  read            ${count(relations, "relation")}, ${count(rows, "row")}`,
    ...(timescaledb === null ? [] : [`  TimescaleDB     ${held(timescaledb)}`]),
  ];
}

/** What took a lost instance's place. */
export function recoveredLines({
  repository,
  backup,
  recoveryPoint,
  timeline,
  setAside,
}: Recovered): string[] {
  return [
    `Recovered from repo${repository}, backup ${printable(backup)}, on timeline ${timeline}`,
    `  recovery point  ${recoveryPoint}: nothing written after it is there`,
    `  set aside       ${printable(setAside)}: remove it when nobody wants it any more`,
  ];
}

/** `hypertables 4, compressed chunks 31`: the names are the step's own. */
function held(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, value]) => {
      const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      return `${printable(words)} ${value.toLocaleString("en-GB")}`;
    })
    .join(", ");
}
