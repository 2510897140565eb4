import { z } from "zod";
import { isWithin } from "../formats/path";
import { database } from "../schema/database";
import { pgbackrest } from "../schema/pgbackrest";
import { target } from "../schema/target";
import { requiredDataVolumeGiB, requiredRootVolumeGiB } from "../storage";
import { rule } from "./rule";

const sizeRead = database.pick({ sizeGiB: true }).strip().prefault({});

export const dataVolumeHoldsTheRestore = rule(
  z.object({
    database: sizeRead,
    target: target.pick({ dataVolumeGiB: true, dataMount: true, dumpDirectory: true }).strip(),
    repository: z.object({ pgbackrest: pgbackrest.pick({ archivePushQueueMaxGiB: true }).strip() }),
  }),
  ({ database, target, repository }) => {
    const dumpOnDataVolume = isWithin(target.dumpDirectory, target.dataMount);
    const need = requiredDataVolumeGiB({
      databaseGiB: database.sizeGiB,
      dumpOnDataVolume,
      archiveQueueGiB: repository.pgbackrest.archivePushQueueMaxGiB,
    });
    if (target.dataVolumeGiB >= need) return [];
    const held = dumpOnDataVolume ? "its dump beside it, " : "";
    return [
      {
        path: ["target", "dataVolumeGiB"],
        why:
          `is smaller than the restore needs: ${need} GiB for a database of ${database.sizeGiB} GiB, ` +
          `${held}its growth, WAL and temporary room`,
        remedy: `Give the data volume at least ${need} GiB.`,
      },
    ];
  },
);

export const rootVolumeHoldsTheSystem = rule(
  z.object({
    database: sizeRead,
    target: target.pick({ rootVolumeGiB: true, dataMount: true, dumpDirectory: true }).strip(),
  }),
  ({ database, target }) => {
    const dumpOnDataVolume = isWithin(target.dumpDirectory, target.dataMount);
    const need = requiredRootVolumeGiB({ databaseGiB: database.sizeGiB, dumpOnDataVolume });
    if (target.rootVolumeGiB >= need) return [];
    const held = dumpOnDataVolume ? "the system and its logs" : "the system, its logs and the dump";
    const orMove = dumpOnDataVolume ? "" : `, or put target.dumpDirectory under ${target.dataMount}`;
    return [
      {
        path: ["target", "rootVolumeGiB"],
        why: `is smaller than ${held} need: ${need} GiB`,
        remedy: `Give the root volume at least ${need} GiB${orMove}.`,
      },
    ];
  },
);
