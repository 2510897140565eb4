/**
 * What the target publishes of itself every minute (assets/boot/files/metrics.sh), with the environment as dimension.
 * "0 or 1" is no or yes.
 */
export const hostMetricNames = [
  /** 0 or 1: the server takes connections. */
  "PostgreSQLUp",
  /** Bytes that are free for PostgreSQL on the data volume, and the percentage of it that they are. */
  "DataVolumeFreeBytes",
  "DataVolumeFreePercent",
  /** Of the sessions that others than superusers may have, in the server or in a database with a limit: the fullest. */
  "ConnectionsPercent",
  /** 0 or 1: archive_mode. While it is 0, so are the four that follow. */
  "ArchivingOn",
  /** 0 or 1: the last attempt failed. */
  "ArchiveFailing",
  /** Segments of WAL that wait for the archiver. */
  "ReadySegments",
  /** Seconds that a segment has waited without any other being archived. */
  "ArchiveSilentSeconds",
  /** Since the newest backup ended; of each repo, a dimension more. No value: there is none, or it could not be read. */
  "BackupAgeSeconds",
  /** Jobs of TimescaleDB, in all databases, whose last run failed. */
  "JobFailures",
  /** Readings that failed. Published whatever else is not: without it nothing of the host is known. */
  "MetricsUnread",
] as const;

export type HostMetricName = (typeof hostMetricNames)[number];

/** pgBackRest's keys of the repositories, the values of the dimension Repo. */
export const repos = ["3", "2"] as const;

export type Repo = (typeof repos)[number];
