import { type AlarmDefinition, atLeast, atMost, lessThan, whenMissing } from "../alarm-definition";
import { hostMetric } from "../metrics";
import type { Watched } from "../watched";

/** PostgreSQL and what it lives on. */
export function serverAlarms(watched: Watched): AlarmDefinition[] {
  const { alarms, target } = watched.environment;
  return [
    {
      name: "postgresql-down",
      description:
        "PostgreSQL on the target takes no connections. On the host: pg_lsclusters, then the server's log in /var/log/postgresql, and boot.json for a data volume that is missing.",
      metric: hostMetric(watched, "PostgreSQLUp", { statistic: "Minimum" }),
      comparison: lessThan,
      threshold: 1,
      // A restart of the server is shorter.
      periods: 3,
      missing: whenMissing.asBefore,
    },
    {
      name: "connections",
      description:
        "Almost all sessions that the server, or one of its databases, allows are taken; then the application is refused. " +
        "See who has them in pg_stat_activity, and end what idles in a transaction.",
      metric: hostMetric(watched, "ConnectionsPercent"),
      comparison: atLeast,
      threshold: alarms.connectionsPercent,
      periods: 5,
      missing: whenMissing.asBefore,
    },
    {
      name: "data-volume",
      description:
        `The data volume at ${target.dataMount} is filling up, and a full one stops PostgreSQL. See whether WAL waits in pg_wal (archiving, a replication slot) or a dump ` +
        "was left behind; if it is data, enlarge the volume in EC2 and run resize2fs.",
      metric: hostMetric(watched, "DataVolumeFreePercent", { statistic: "Minimum" }),
      comparison: atMost,
      threshold: alarms.dataVolumeFreePercent,
      periods: 3,
      missing: whenMissing.asBefore,
    },
    {
      name: "job-failures",
      description:
        "Jobs of TimescaleDB (compression, retention, refresh or your own) failed at their last run, and no retry has mended it. " +
        "Read timescaledb_information.job_errors in each database.",
      metric: hostMetric(watched, "JobFailures"),
      comparison: atLeast,
      threshold: 1,
      // What a retry mends within minutes is nobody's call.
      periods: 15,
      missing: whenMissing.asBefore,
    },
  ];
}
