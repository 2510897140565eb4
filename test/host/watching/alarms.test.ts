import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../../lib/config/environment";
import { prodWith } from "../../runbook/environment";
import { alarmsOf, instanceId, watchingTemplate } from "./watching-template";

const alarmFigures = {
  emails: [],
  dataVolumeFreePercent: 31,
  cpuCreditBalance: 77,
  readySegments: 12,
  archiveSilentSeconds: 600,
  archiveQueuePercent: 44,
  repositoryFreeGiB: 33,
  backupAgeHours: 5,
  connectionsPercent: 66,
};
const alarms = alarmsOf(watchingTemplate({ alarms: alarmFigures }));
const host = [{ Name: "Environment", Value: "prod" }];
const repo = (key: string) => [...host, { Name: "Repo", Value: key }];
const instance = [{ Name: "InstanceId", Value: instanceId }];

/** name, namespace, metric, dimensions, comparison and threshold, missing data, statistic, seconds until it rings. */
const specification = [
  ["system-check", "AWS/EC2", "StatusCheckFailed_System", instance, ">= 1", "missing", "Maximum", 120],
  ["instance-check", "AWS/EC2", "StatusCheckFailed_Instance", instance, ">= 1", "missing", "Maximum", 180],
  ["volume-check", "AWS/EC2", "StatusCheckFailed_AttachedEBS", instance, ">= 1", "missing", "Maximum", 120],
  ["postgresql-down", "TimescaleCutover", "PostgreSQLUp", host, "< 1", "ignore", "Minimum", 180],
  ["connections", "TimescaleCutover", "ConnectionsPercent", host, ">= 66", "ignore", "Maximum", 300],
  ["data-volume", "TimescaleCutover", "DataVolumeFreePercent", host, "<= 31", "ignore", "Minimum", 180],
  ["job-failures", "TimescaleCutover", "JobFailures", host, ">= 1", "ignore", "Maximum", 900],
  ["archive-failing", "TimescaleCutover", "ArchiveFailing", host, ">= 1", "ignore", "Maximum", 300],
  ["archive-silent", "TimescaleCutover", "ArchiveSilentSeconds", host, ">= 600", "ignore", "Maximum", 120],
  ["archive-backlog", "TimescaleCutover", "ReadySegments", host, ">= 12", "ignore", "Maximum", 300],
  ["archive-queue", "TimescaleCutover", "ArchiveQueuePercent", host, ">= 44", "ignore", "Maximum", 300],
  [
    "wal-dropped",
    "TimescaleCutover",
    "DroppedSegmentsSinceFullBackup",
    host,
    ">= 1",
    "ignore",
    "Maximum",
    300,
  ],
  ...(["3", "2"] as const).flatMap((key) => [
    [
      `repository-silent-repo${key}`,
      "TimescaleCutover",
      "RepositorySilent",
      repo(key),
      ">= 1",
      "breaching",
      "Maximum",
      900,
    ] as const,
    [
      `missing-segments-repo${key}`,
      "TimescaleCutover",
      "MissingSegments",
      repo(key),
      ">= 1",
      "ignore",
      "Maximum",
      300,
    ] as const,
  ]),
  [
    "repository-room",
    "TimescaleCutover",
    "RepositoryFreeBytes",
    repo("3"),
    `< ${33 * 1024 ** 3}`,
    "missing",
    "Minimum",
    900,
  ],
  [
    "backup-age-repo3",
    "TimescaleCutover",
    "BackupAgeSeconds",
    repo("3"),
    "> 18000",
    "breaching",
    "Maximum",
    7200,
  ],
  [
    "backup-age-repo2",
    "TimescaleCutover",
    "BackupAgeSeconds",
    repo("2"),
    "> 18000",
    "breaching",
    "Maximum",
    7200,
  ],
  ["cpu-credits", "AWS/EC2", "CPUCreditBalance", instance, "<= 77", "missing", "Minimum", 900],
  ["cpu-credits-charged", "AWS/EC2", "CPUSurplusCreditsCharged", instance, "> 0", "missing", "Sum", 3600],
  ["ebs-byte-balance", "AWS/EC2", "EBSByteBalance%", instance, "<= 20", "missing", "Minimum", 900],
  ["ebs-io-balance", "AWS/EC2", "EBSIOBalance%", instance, "<= 20", "missing", "Minimum", 900],
  ["metrics-missing", "TimescaleCutover", "MetricsUnread", host, "< 1", "breaching", "SampleCount", 300],
  ["metrics-unread", "TimescaleCutover", "MetricsUnread", host, ">= 1", "ignore", "Maximum", 900],
] as const;

const comparisons: Record<string, string> = {
  GreaterThanOrEqualToThreshold: ">=",
  GreaterThanThreshold: ">",
  LessThanOrEqualToThreshold: "<=",
  LessThanThreshold: "<",
};

describe("the alarms", () => {
  test("are these and no others", () => {
    expect(Object.keys(alarms).sort()).toEqual(specification.map(([name]) => name).sort());
  });

  test("are as many as the README says", () => {
    const readme = readFileSync(join(__dirname, "../../../README.md"), "utf8");
    expect(readme).toContain(`they feed ${Object.keys(alarms).length} alarms`);
  });

  test.each(specification)(
    "%s reads %s %s and rings by the environment's figure",
    (name, namespace, metric, dimensions, beyond, missing, statistic, seconds) => {
      const alarm = alarms[name];
      expect(alarm).toMatchObject({
        AlarmName: `timescale-cutover-prod-${name}`,
        Namespace: namespace,
        MetricName: metric,
        Dimensions: dimensions,
        TreatMissingData: missing,
        Statistic: statistic,
      });
      expect(`${comparisons[alarm?.ComparisonOperator ?? ""]} ${alarm?.Threshold}`).toBe(beyond);
      expect((alarm?.Period ?? 0) * (alarm?.EvaluationPeriods ?? 0)).toBe(seconds);
      expect(alarm?.DatapointsToAlarm).toBe(alarm?.EvaluationPeriods);
    },
  );

  test.each(Object.entries(alarms))("%s says in a few sentences what it means and what to do", (_, alarm) => {
    expect(alarm.AlarmDescription).toMatch(/^[A-Zr].+[.;] .+\.$/);
    expect(alarm.AlarmDescription.length).toBeGreaterThan(80);
    expect(alarm.AlarmDescription.length).toBeLessThan(500); // CloudWatch takes 1024.
  });

  test.each(Object.entries(alarms))("%s tells the topic when it rings and when it is over", (_, alarm) => {
    const topic = { Ref: expect.stringMatching(/^WatchingAlarmsTopic/) };
    expect(alarm.AlarmActions[0]).toEqual(topic);
    expect(alarm.OKActions).toEqual([topic]);
  });

  test("let AWS move the instance to other hardware when its own fails, and do nothing else by themselves", () => {
    const acting = Object.entries(alarms).filter(([, { AlarmActions }]) => AlarmActions.length > 1);
    expect(acting.map(([name]) => name)).toEqual(["system-check"]);
    expect(JSON.stringify(alarms["system-check"]?.AlarmActions[1])).toContain(
      ":automate:eu-west-2:ec2:recover",
    );
  });

  test.each(["m5d.large", "i4i.large", "r6idn.xlarge"])(
    "do not recover a %s, whose own disks do not move with it",
    (instanceType) => {
      const other = alarmsOf(watchingTemplate({ target: withType(instanceType) }));
      expect(other["system-check"]?.AlarmActions).toHaveLength(1);
    },
  );

  test("of a type without CPU credits have none on credits", () => {
    const names = Object.keys(alarmsOf(watchingTemplate({ target: withType("m6i.large") })));
    expect(names).toEqual(expect.arrayContaining(["system-check", "ebs-byte-balance"]));
    expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/^cpu-credits/)]));
  });

  test("watch the bill of the credits in unlimited mode alone", () => {
    const standard = alarmsOf(watchingTemplate({ target: { ...prodWith().target, cpuCredits: "standard" } }));
    expect(standard["cpu-credits"]?.AlarmDescription).toContain("it slows down to its base rate");
    expect(standard).not.toHaveProperty("cpu-credits-charged");
    expect(alarms["cpu-credits"]?.AlarmDescription).toContain("billed");
  });
});

/** A target of another type; one whose memory the project does not know says it. */
function withType(instanceType: string): Environment["target"] {
  return { ...prodWith().target, instanceType, ...(instanceType === "i4i.large" && { memoryGiB: 16 }) };
}
