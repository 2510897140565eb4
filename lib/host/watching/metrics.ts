import { Duration } from "aws-cdk-lib";
import { Metric, type MetricProps } from "aws-cdk-lib/aws-cloudwatch";
import { metricsNamespace } from "../../config/derived";
import type { HostMetricName, Repo } from "./metric-names";
import type { Watched } from "./watched";

type Reading = Pick<MetricProps, "statistic" | "period" | "label">;

/** A metric of the host's own; by the minute, the highest value. */
export function hostMetric(
  { environment }: Watched,
  metricName: Exclude<HostMetricName, "BackupAgeSeconds">,
  reading: Reading = {},
): Metric {
  return metric(metricsNamespace, metricName, { Environment: environment.name }, reading);
}

/** Age of the newest backup in a repository, in seconds. */
export function backupAge({ environment }: Watched, repo: Repo, reading: Reading = {}): Metric {
  const dimensions = { Environment: environment.name, Repo: repo };
  return metric(metricsNamespace, "BackupAgeSeconds" satisfies HostMetricName, dimensions, reading);
}

/** A metric that EC2 publishes of the instance: checks every minute, credits and balances every five. */
export function instanceMetric({ instanceId }: Watched, metricName: string, reading: Reading = {}): Metric {
  return metric("AWS/EC2", metricName, { InstanceId: instanceId }, reading);
}

/** A metric that EBS publishes of the data volume. */
export function volumeMetric({ volumeId }: Watched, metricName: string, reading: Reading = {}): Metric {
  return metric("AWS/EBS", metricName, { VolumeId: volumeId }, reading);
}

function metric(
  namespace: string,
  metricName: string,
  dimensionsMap: Record<string, string>,
  reading: Reading,
): Metric {
  return new Metric({
    namespace,
    metricName,
    dimensionsMap,
    period: Duration.minutes(1),
    statistic: "Maximum",
    ...reading,
  });
}
