import { Duration } from "aws-cdk-lib";
import { Metric, type MetricProps } from "aws-cdk-lib/aws-cloudwatch";
import { metricsNamespace } from "../../config/derived";
import type { HostMetricName, Repo, RepositoryMetricName } from "./metric-names";
import type { Watched } from "./watched";

type Reading = Pick<MetricProps, "statistic" | "period" | "label">;

/** A metric of the host's own; by the minute, the highest value. */
export function hostMetric(
  { environment }: Watched,
  metricName: HostMetricName,
  reading: Reading = {},
): Metric {
  return metric(metricsNamespace, metricName, { Environment: environment.name }, reading);
}

/** A metric of one of its repositories; by five minutes, the highest value. */
export function repositoryMetric(
  { environment }: Watched,
  metricName: RepositoryMetricName,
  repo: Repo,
  reading: Reading = {},
): Metric {
  const dimensions = { Environment: environment.name, Repo: repo };
  return metric(metricsNamespace, metricName, dimensions, { period: Duration.minutes(5), ...reading });
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
