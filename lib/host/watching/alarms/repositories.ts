import { type AlarmDefinition, atLeast, lessThan, whenMissing } from "../alarm-definition";
import { type Repo, repos } from "../metric-names";
import { repositoryMetric } from "../metrics";
import type { Watched } from "../watched";

const BYTES_PER_GIB = 1024 ** 3;

/** What each repository holds, and whether it answers. Before the cutover none of these rings. */
export function repositoryAlarms(watched: Watched): AlarmDefinition[] {
  return [
    ...repos.map((repo) => silentAlarm(watched, repo)),
    ...repos.map((repo) => missingAlarm(watched, repo)),
    roomAlarm(watched),
  ];
}

function silentAlarm(watched: Watched, repo: Repo): AlarmDefinition {
  return {
    name: `repository-silent-repo${repo}`,
    description:
      `repo${repo} does not answer the target, or the target does not ask (systemctl status timescale-cutover-archive-status.timer). ` +
      "One repo that fails holds up the other: no WAL reaches either, and it waits on the data volume. `cutover archive status` gives pgBackRest's own words; mend it before the queue is full.",
    metric: repositoryMetric(watched, "RepositorySilent", repo),
    comparison: atLeast,
    threshold: 1,
    // A restart of the repository host is shorter.
    periods: 3,
    missing: whenMissing.alarming,
  };
}

function missingAlarm(watched: Watched, repo: Repo): AlarmDefinition {
  return {
    name: `missing-segments-repo${repo}`,
    description:
      `Segments that PostgreSQL calls archived are not in repo${repo}: recovery from it ends at the first of them, and no check of pgBackRest tells. ` +
      `\`cutover archive status\` names them. See who deleted them or why they were dropped, and make a full backup now: cutover archive backup --repo ${repo}.`,
    metric: repositoryMetric(watched, "MissingSegments", repo),
    comparison: atLeast,
    threshold: 1,
    periods: 1,
    missing: whenMissing.asBefore,
  };
}

/** S3 has no end, and a repository host that lets only pgBackRest in does not tell: then there is no data. */
function roomAlarm(watched: Watched): AlarmDefinition {
  const { alarms, repository } = watched.environment;
  return {
    name: "repository-room",
    description:
      `Less than ${alarms.repositoryFreeGiB} GiB are free at ${repository.pgbackrest.repo3.path} on the repository host. When it is full, archiving fails into every repo. ` +
      "Ask its owner for room, or keep fewer full backups (repo3.retention).",
    metric: repositoryMetric(watched, "RepositoryFreeBytes", "3", { statistic: "Minimum" }),
    comparison: lessThan,
    threshold: alarms.repositoryFreeGiB * BYTES_PER_GIB,
    periods: 3,
    missing: whenMissing.unknown,
  };
}
