import { z } from "zod";
import { alarms } from "../schema/alarms";
import { pgbackrest } from "../schema/pgbackrest";
import { rule } from "./rule";

/** PostgreSQL's default wal_segment_size of 16 MiB. */
const SEGMENTS_PER_GIB = 64;

/** Beyond its queue pgBackRest drops WAL, and with it the way back to every moment since: the alarm comes before. */
export const backlogAlarmsBeforeWalIsDropped = rule(
  z.object({
    alarms: alarms.pick({ readySegments: true }).strip().prefault({}),
    repository: z.object({ pgbackrest: pgbackrest.pick({ archivePushQueueMaxGiB: true }).strip() }),
  }),
  ({ alarms, repository: { pgbackrest } }) => {
    const queue = pgbackrest.archivePushQueueMaxGiB * SEGMENTS_PER_GIB;
    if (alarms.readySegments < queue) return [];
    return [
      {
        path: ["alarms", "readySegments"],
        why:
          `comes too late: pgBackRest drops WAL once ${pgbackrest.archivePushQueueMaxGiB} GiB wait, ` +
          `which is ${queue} segments`,
        remedy:
          `Write a quarter of that, ${queue / 4}, ` +
          "or raise repository.pgbackrest.archivePushQueueMaxGiB.",
      },
    ];
  },
);
