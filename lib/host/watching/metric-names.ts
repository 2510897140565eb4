/**
 * What the target publishes of itself, with the environment as dimension: every minute (assets/boot/files/metrics.sh), the
 * two last every five (archive-metrics.sh). "0 or 1" is no or yes.
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
  /** Jobs of TimescaleDB, in all databases, whose last run failed. */
  "JobFailures",
  /** Readings that failed. Published whatever else is not: without it nothing of the host is known. */
  "MetricsUnread",
  /** WAL that waits, of what pgBackRest lets wait before it drops WAL. */
  "ArchiveQueuePercent",
  /** Segments that pgBackRest dropped, and no full backup was begun since: of the repository where they are most. */
  "DroppedSegmentsSinceFullBackup",
] as const;

export type HostMetricName = (typeof hostMetricNames)[number];

/**
 * What it publishes of each repository every five minutes (archive-metrics.sh), a dimension more. No value: there is none,
 * or it could not be read.
 */
export const repositoryMetricNames = [
  /** 0 or 1: it did not answer, or not with what can be read. Published whatever else is not. */
  "RepositorySilent",
  /** Segments between the newest full backup and the last that PostgreSQL calls archived, and not there. */
  "MissingSegments",
  /** Seconds since the newest backup ended. */
  "BackupAgeSeconds",
  /** Of the repository host, where it lets the target ask. */
  "RepositoryFreeBytes",
] as const;

export type RepositoryMetricName = (typeof repositoryMetricNames)[number];

/** pgBackRest's keys of the repositories, the values of the dimension Repo. */
export const repos = ["3", "2"] as const;

export type Repo = (typeof repos)[number];
