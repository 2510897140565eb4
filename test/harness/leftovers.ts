import { existsSync, readdirSync } from "node:fs";
import { demolish } from "../../lib/lab/demolish";
import { labRecords } from "../../lib/lab/lab-record";
import { readMounts } from "../../lib/lab/mounts";
import type { ProcessIdentity } from "../../lib/lab/process-identity";

/** Takes down the labs that are still up of the owners who should have; tells of these, and of what nobody owns. */
export function removeLeftovers(isOver: (owner: ProcessIdentity) => boolean): string[] {
  const left = labRecords().filter(({ kept, owner }) => !kept && isOver(owner));
  for (const record of left) demolish(record);
  return [...left.map(({ id }) => `lab ${id} is still up`), ...unknownTraces()];
}

/** Network namespaces, cgroups and mounts of labs that nobody knows any more. */
function unknownTraces(): string[] {
  const knownBefore = labRecords();
  const names = [
    ...entriesOf("/run/netns").map((name) => `network namespace ${name}`),
    ...["/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd"].flatMap((directory) =>
      entriesOf(directory).map((name) => `cgroup ${directory}/${name}`),
    ),
    ...readMounts().map(({ target }) => `mount ${target}`),
  ];
  // Another lab may begin or end in this moment: it is in the list before it makes anything and until its very end.
  return unknownAmong(names, new Set([...knownBefore, ...labRecords()].map(({ id }) => id)));
}

/** Those of the names that bear the id of a lab which is not among the known ones. */
export function unknownAmong(names: readonly string[], known: ReadonlySet<string>): string[] {
  return names.filter((name) => {
    const id = /cutover[-/]([0-9a-f]{6})\b/.exec(name)?.[1];
    return id !== undefined && !known.has(id);
  });
}

function entriesOf(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}
