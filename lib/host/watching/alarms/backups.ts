import { Duration } from "aws-cdk-lib";
import { type AlarmDefinition, moreThan, whenMissing } from "../alarm-definition";
import { repos } from "../metric-names";
import { repositoryMetric } from "../metrics";
import type { Watched } from "../watched";

const SECONDS_PER_HOUR = 3600;

/**
 * One alarm for each repository. Before the cutover the age is 0 and none of them rings; once archiving is on they ring when
 * there is no backup, when its age cannot be read, and when it is too old: no value and too high a value are one. Two hours
 * must all say so, which leaves the first full backup its time and forgives a reading that failed.
 */
export function backupAlarms(watched: Watched): AlarmDefinition[] {
  const { alarms, repository } = watched.environment;
  const { stanza } = repository.pgbackrest;
  return repos.map((repo) => ({
    name: `backup-age-repo${repo}`,
    description:
      `repo${repo} holds no backup of stanza ${stanza} from the last ${alarms.backupAgeHours} hours, or does not answer. On the host, as postgres: ` +
      `pgbackrest --stanza=${stanza} --repo=${repo} info; then make one (cutover archive backup --repo ${repo}) and see why the schedule did not.`,
    metric: repositoryMetric(watched, "BackupAgeSeconds", repo, { period: Duration.minutes(15) }),
    comparison: moreThan,
    threshold: alarms.backupAgeHours * SECONDS_PER_HOUR,
    periods: 8,
    missing: whenMissing.alarming,
  }));
}
