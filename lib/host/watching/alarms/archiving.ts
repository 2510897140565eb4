import { Duration } from "aws-cdk-lib";
import { type AlarmDefinition, atLeast, whenMissing } from "../alarm-definition";
import { hostMetric } from "../metrics";
import type { Watched } from "../watched";

/** The timer that compares with the repositories runs every five minutes. */
const fiveMinutes = { period: Duration.minutes(5) };

/** The way of WAL to the repository. While archiving is off, before the cutover, all of these are 0. */
export function archivingAlarms(watched: Watched): AlarmDefinition[] {
  const { alarms, repository } = watched.environment;
  const { logPath, stanza, archivePushQueueMaxGiB } = repository.pgbackrest;
  const log = `${logPath}/${stanza}-archive-push-async.log`;
  return [
    {
      name: "archive-failing",
      description:
        `WAL does not reach the repository: pgBackRest fails, and one failing repo holds up the others. Read ${log} for the repo and the cause. ` +
        `Beyond ${archivePushQueueMaxGiB} GiB of waiting WAL pgBackRest drops it, and reports success.`,
      metric: hostMetric(watched, "ArchiveFailing"),
      comparison: atLeast,
      threshold: 1,
      // PostgreSQL tries again after a minute.
      periods: 5,
      missing: whenMissing.asBefore,
    },
    {
      name: "archive-silent",
      description: `Finished WAL waits, and none was archived in all that time, with no failure reported: a hanging archive_command, or none set. Read ${log}, and look for archive-push among the processes.`,
      metric: hostMetric(watched, "ArchiveSilentSeconds"),
      comparison: atLeast,
      threshold: alarms.archiveSilentSeconds,
      periods: 2,
      missing: whenMissing.asBefore,
    },
    {
      name: "archive-backlog",
      description:
        `Many segments of WAL (16 MiB each) wait for the repository: it is slower than the writes, or fails. Read ${log}. ` +
        `Act well before ${archivePushQueueMaxGiB} GiB: pgBackRest then drops WAL in silence, and only a new full backup mends that.`,
      metric: hostMetric(watched, "ReadySegments"),
      comparison: atLeast,
      threshold: alarms.readySegments,
      periods: 5,
      missing: whenMissing.asBefore,
    },
    {
      name: "archive-queue",
      description:
        `Of the ${archivePushQueueMaxGiB} GiB of WAL that may wait for the repository ${alarms.archiveQueuePercent} % or more are waiting. At 100 % pgBackRest drops all that waits. ` +
        `See by \`cutover archive status\` which repo fails, and mend it now; if that takes longer, raise archive-push-queue-max in /etc/pgbackrest.conf as far as the data volume has room.`,
      metric: hostMetric(watched, "ArchiveQueuePercent", fiveMinutes),
      comparison: atLeast,
      threshold: alarms.archiveQueuePercent,
      periods: 1,
      missing: whenMissing.asBefore,
    },
    {
      name: "wal-dropped",
      description:
        "WAL is lost: pgBackRest dropped it, although PostgreSQL calls it archived. Recovery to any moment between the hole and the next full backup is gone. " +
        "Mend the repo that `cutover archive status` names, then make a full backup now: cutover archive backup. The alarm ends with it.",
      metric: hostMetric(watched, "DroppedSegmentsSinceFullBackup", fiveMinutes),
      comparison: atLeast,
      threshold: 1,
      periods: 1,
      missing: whenMissing.asBefore,
    },
  ];
}
