import { Duration } from "aws-cdk-lib";
import { GraphWidget, type IMetric, type IWidget, type YAxisProps } from "aws-cdk-lib/aws-cloudwatch";
import { isBurstable } from "../../config/instance-type";
import { type Repo, repos, type RepositoryMetricName } from "./metric-names";
import { gibibytes, hours, perSecond } from "./metric-math";
import { hostMetric, instanceMetric, repositoryMetric, volumeMetric } from "./metrics";
import type { Watched } from "./watched";

/** What a person asks of the target, with the graphs that answer it, from top to bottom. */
export interface Question {
  readonly title: string;
  readonly graphs: (width: number) => IWidget[];
}

/** From left to right. */
export function questions(watched: Watched): Question[] {
  return [
    { title: "Is it up?", graphs: graphs(isItUp(watched)) },
    { title: "Is it keeping up?", graphs: graphs(isItKeepingUp(watched)) },
    { title: "Is it safe?", graphs: graphs(isItSafe(watched)) },
    { title: "What does the instance's credit say?", graphs: graphs(credit(watched)) },
  ];
}

interface Graph {
  readonly title: string;
  readonly lines: IMetric[];
  /** Where an alarm rings. */
  readonly threshold?: number;
  readonly axis?: YAxisProps;
}

const percent: YAxisProps = { min: 0, max: 100, showUnits: false };
const yesNo: YAxisProps = { min: 0, max: 1, showUnits: false };
const fromZero: YAxisProps = { min: 0, showUnits: false };
const fiveMinutes = { period: Duration.minutes(5) };

function isItUp(watched: Watched): Graph[] {
  const check = (name: string, label: string) =>
    instanceMetric(watched, `StatusCheckFailed_${name}`, { label });
  return [
    {
      title: "PostgreSQL takes connections (1 = yes)",
      lines: [hostMetric(watched, "PostgreSQLUp", { statistic: "Minimum", label: "up" })],
      axis: yesNo,
    },
    {
      title: "EC2's status checks (1 = failed)",
      lines: [check("System", "system"), check("Instance", "instance"), check("AttachedEBS", "volumes")],
      axis: yesNo,
    },
    {
      title: "Readings of the host that failed (no line = no metrics)",
      lines: [hostMetric(watched, "MetricsUnread", { label: "failed" })],
      axis: fromZero,
    },
    {
      title: "Jobs of TimescaleDB whose last run failed",
      lines: [hostMetric(watched, "JobFailures", { label: "jobs" })],
      axis: fromZero,
    },
  ];
}

function isItKeepingUp(watched: Watched): Graph[] {
  const rate = (metric: string, name: string) =>
    perSecond(name, volumeMetric(watched, metric, { statistic: "Sum" }));
  return [
    {
      title: "CPU in use, %",
      lines: [instanceMetric(watched, "CPUUtilization", { statistic: "Average", label: "CPU" })],
      axis: percent,
    },
    {
      title: "Data volume: bytes a second",
      lines: [rate("VolumeReadBytes", "read"), rate("VolumeWriteBytes", "written")],
      axis: fromZero,
    },
    {
      title: "Data volume: operations a second",
      lines: [rate("VolumeReadOps", "reads"), rate("VolumeWriteOps", "writes")],
      axis: fromZero,
    },
    {
      title: "Sessions in use, % of what is allowed",
      lines: [hostMetric(watched, "ConnectionsPercent", { label: "in use" })],
      threshold: watched.environment.alarms.connectionsPercent,
      axis: percent,
    },
  ];
}

function isItSafe(watched: Watched): Graph[] {
  const { alarms } = watched.environment;
  const eachRepo = (name: RepositoryMetricName, label: (repo: Repo) => string) =>
    repos.map((repo) => repositoryMetric(watched, name, repo, { label: label(repo) }));
  return [
    {
      title: "Data volume: free, %",
      lines: [hostMetric(watched, "DataVolumeFreePercent", { statistic: "Minimum", label: "free" })],
      threshold: alarms.dataVolumeFreePercent,
      axis: percent,
    },
    {
      title: "Archiving of WAL (1 = yes)",
      lines: [
        hostMetric(watched, "ArchivingOn", { label: "on" }),
        hostMetric(watched, "ArchiveFailing", { label: "failing" }),
      ],
      axis: yesNo,
    },
    {
      title: "Segments of WAL that wait",
      lines: [hostMetric(watched, "ReadySegments", { label: "segments" })],
      threshold: alarms.readySegments,
      axis: fromZero,
    },
    {
      title: "WAL that waits, % of the queue before any is dropped",
      lines: [hostMetric(watched, "ArchiveQueuePercent", { ...fiveMinutes, label: "waiting" })],
      threshold: alarms.archiveQueuePercent,
      axis: percent,
    },
    {
      title: "Segments that are lost (0 = none)",
      lines: [
        hostMetric(watched, "DroppedSegmentsSinceFullBackup", { ...fiveMinutes, label: "dropped" }),
        ...eachRepo("MissingSegments", (repo) => `missing in repo${repo}`),
      ],
      axis: fromZero,
    },
    {
      title: "Repositories that do not answer (1 = silent)",
      lines: eachRepo("RepositorySilent", (repo) => `repo${repo}`),
      axis: yesNo,
    },
    {
      title: "Free at the repository host, GiB (no line = not known)",
      lines: [gibibytes("free", repositoryMetric(watched, "RepositoryFreeBytes", "3"))],
      threshold: alarms.repositoryFreeGiB,
      axis: fromZero,
    },
    {
      title: "Hours since the newest backup (no line = none)",
      lines: repos.map((repo) => hours(`repo${repo}`, repositoryMetric(watched, "BackupAgeSeconds", repo))),
      threshold: alarms.backupAgeHours,
      axis: fromZero,
    },
  ];
}

function credit(watched: Watched): Graph[] {
  const { alarms, target } = watched.environment;
  const balance = (name: string, label: string) =>
    instanceMetric(watched, name, { ...fiveMinutes, statistic: "Minimum", label });
  const surplus = (name: string, label: string) =>
    instanceMetric(watched, name, { ...fiveMinutes, statistic: "Maximum", label });
  return [
    ...(isBurstable(target.instanceType)
      ? [
          {
            title: "CPU credits left (one is a processor's minute)",
            lines: [balance("CPUCreditBalance", "left")],
            threshold: alarms.cpuCreditBalance,
            axis: fromZero,
          },
          {
            title: "CPU credits on credit, and billed",
            lines: [
              surplus("CPUSurplusCreditBalance", "on credit"),
              surplus("CPUSurplusCreditsCharged", "billed"),
            ],
            axis: fromZero,
          },
        ]
      : []),
    {
      title: "EBS burst left, % (no line = the type has none)",
      lines: [balance("EBSByteBalance%", "throughput"), balance("EBSIOBalance%", "operations")],
      axis: percent,
    },
  ];
}

function graphs(definitions: readonly Graph[]): Question["graphs"] {
  return (width) =>
    definitions.map(
      ({ title, lines, threshold, axis }) =>
        new GraphWidget({
          title,
          left: lines,
          width,
          height: 5,
          ...(axis && { leftYAxis: axis }),
          ...(threshold !== undefined && { leftAnnotations: [{ value: threshold, label: "alarm" }] }),
        }),
    );
}
