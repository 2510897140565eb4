import type { Environment } from "../config/environment";
import type { ArchiveStatus, RepositoryStatus } from "./archive-status";

/** Something lost or failing, or about to be. */
export interface ArchiveFinding {
  code: string;
  /** Whole sentences. */
  finding: string;
  remedy: string;
}

/** What is wrong with the archiving and the backups; nothing when all is well. */
export function archiveFindings(
  status: ArchiveStatus,
  environment: Environment,
  now: Date,
): ArchiveFinding[] {
  return [
    ...serverFindings(status, environment),
    ...queueFindings(status, environment),
    ...droppedFindings(status, environment),
    ...status.repositories.flatMap((repository) => repositoryFindings(repository, status, environment, now)),
  ];
}

function serverFindings(
  { archiving, server, unread, dropped, stanza }: ArchiveStatus,
  environment: Environment,
) {
  const { logPath } = environment.repository.pgbackrest;
  const findings: ArchiveFinding[] = [];
  if (archiving === "off") {
    findings.push({
      code: "archiving-off",
      finding:
        "Archiving is off: no moment of the target can be recovered. Before a cutover that is as it should be.",
      remedy: "The cutover turns it on before the switch. After one, see who turned archive_mode off.",
    });
  }
  if (server === null) {
    findings.push({
      code: "server-silent",
      finding: `PostgreSQL on the target does not answer${unread === "" ? "" : ` (${unread})`}: whether it archives is not known.`,
      remedy: "On the target: pg_lsclusters, then the server's log in /var/log/postgresql.",
    });
  } else if (archiving === "on" && server.failing) {
    findings.push({
      code: "archive-failing",
      finding: `Archiving fails since ${iso(server.lastFailedAt)}: ${server.lastFailedWal ?? "a segment"} does not get into every repository, and ${server.readySegments} segments wait.`,
      remedy: `Mend the repository that is named here, or read ${logPath}/${stanza}-archive-push-async.log on the target. PostgreSQL tries again by itself.`,
    });
  }
  if (!dropped.logged) {
    findings.push({
      code: "drops-unlogged",
      finding: "pgBackRest keeps no warnings (log-level-file): whether it dropped WAL cannot be seen.",
      remedy:
        "Set repository.pgbackrest.logLevelFile to warn or more, deploy, and restart timescale-cutover-boot on the target.",
    });
  }
  return findings;
}

function queueFindings({ queue }: ArchiveStatus, { alarms }: Environment): ArchiveFinding[] {
  if (queue === null || queue.percent === null || queue.percent < alarms.archiveQueuePercent) return [];
  return [
    {
      code: "queue-near-limit",
      finding: `${mebibytes(queue.bytes)} of WAL wait, ${queue.percent} % of archive-push-queue-max: at 100 % pgBackRest drops all that waits.`,
      remedy:
        "Mend the repository that fails now; if that takes longer, raise archive-push-queue-max in /etc/pgbackrest.conf on the target as far as the data volume has room.",
    },
  ];
}

/** Of a drop after which some repository has no full backup yet. */
function droppedFindings({ dropped, repositories }: ArchiveStatus, { name }: Environment): ArchiveFinding[] {
  const open = repositories.filter(({ droppedSinceFull }) => droppedSinceFull > 0);
  if (open.length === 0) return [];
  const [only] = open;
  const repo = open.length === 1 && only !== undefined ? ` --repo ${only.key}` : "";
  return [
    {
      code: "wal-dropped",
      finding:
        `pgBackRest dropped ${dropped.count} segments, last at ${iso(dropped.lastAt)} (${named(dropped)}), though PostgreSQL calls them archived. ` +
        `Recovery reaches back only to moments before the first of them; none since can be recovered from ${names(open)} until a new full backup begins the recovery window anew.`,
      remedy: `Make a full backup: cutover archive backup --env ${name}${repo}`,
    },
  ];
}

function repositoryFindings(
  repository: RepositoryStatus,
  { stanza }: ArchiveStatus,
  { name, alarms }: Environment,
  now: Date,
): ArchiveFinding[] {
  const { key, answers, message, missing, newestBackup, ofThisCluster, freeBytes } = repository;
  const repo = repositoryName(key);
  const backUp = `Make a full backup: cutover archive backup --env ${name} --repo ${key}`;
  if (!answers) {
    return [
      {
        code: "repository-silent",
        finding: `${repo} does not answer: ${message}. One repository that fails holds up the other: no segment counts as archived before both have it.`,
        remedy:
          "Mend what the message names before the queue is full; `cutover check` looks at the way there in detail.",
      },
    ];
  }
  const findings: ArchiveFinding[] = [];
  if (ofThisCluster === false) {
    findings.push({
      code: "stanza-foreign",
      finding: `Stanza ${stanza} in ${repo} belongs to another cluster: nothing of this one is there.`,
      remedy: "Give the target a stanza of its own (repository.pgbackrest.stanza). Never upgrade that one.",
    });
  }
  if (missing !== null && missing.count > 0) {
    findings.push({
      code: "segments-missing",
      finding: `${missing.count} segments that PostgreSQL calls archived are not in ${repo}: ${named(missing)}. Recovery from it ends at the first of them.`,
      remedy: backUp,
    });
  }
  if (newestBackup === null) {
    findings.push({
      code: "backup-missing",
      finding: `${repo} holds no backup of this cluster (${message}).`,
      remedy: backUp,
    });
  } else if (hoursSince(newestBackup.stoppedAt, now) >= alarms.backupAgeHours) {
    findings.push({
      code: "backup-old",
      finding: `The newest backup in ${repo} ended ${hoursSince(newestBackup.stoppedAt, now)} h ago.`,
      remedy: `See why the schedule made none (systemctl list-timers 'timescale-cutover-backup-*' on the target). ${backUp}`,
    });
  }
  if (freeBytes !== null && freeBytes < alarms.repositoryFreeGiB * 1024 ** 3) {
    findings.push({
      code: "repository-room",
      finding: `Only ${mebibytes(freeBytes)} are free at ${repo}.`,
      remedy: "Ask the repository host's owner for room, or keep fewer full backups (repo3.retention).",
    });
  }
  return findings;
}

/** As the target's steps name them. */
export function repositoryName(key: number): string {
  return key === 2 ? "repo2 (S3)" : `repo${key} (SSH)`;
}

export function hoursSince(moment: number, now: Date): number {
  return Math.floor((now.getTime() / 1000 - moment) / 3600);
}

export function iso(moment: number | null): string {
  return moment === null ? "an unknown moment" : new Date(moment * 1000).toISOString().replace(".000Z", "Z");
}

export function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 ** 2)} MiB`;
}

function names(repositories: RepositoryStatus[]): string {
  return repositories.map(({ key }) => repositoryName(key)).join(" and ");
}

function named({ count, first }: { count: number; first: string[] }): string {
  return first.join(", ") + (count > first.length ? ", …" : "");
}
