import { setTimeout as sleep } from "node:timers/promises";
import { hostMetricNames, repos, repositoryMetricNames } from "../../../lib/host/watching/metric-names";
import type { Host } from "../../../lib/lab/host";
import { patienceMs } from "../../../lib/lab/patience";

const namespace = "TimescaleCutover";
const environment = { Name: "Environment", Value: "prod" };

/** By name; of a repository as `BackupAgeSeconds/<repo>`. What was not published is not there. */
export type Published = Record<string, number>;

/** Has the target read and publish its metrics as a timer of it does, and gives what arrived at CloudWatch's double. */
export async function publish(target: Host, unit = "timescale-cutover-metrics"): Promise<Published> {
  // CloudWatch's double cuts a moment to its second: what was published before in this one must not count.
  await sleep(1000 - (Date.now() % 1000));
  const since = new Date();
  const service = `${unit}.service`;
  // Its timer starts it once a minute; systemd takes more than five starts in ten seconds for an error.
  await aws(target, ["systemctl", "reset-failed", service]);
  await aws(target, ["systemctl", "start", service]);
  return newest(await publishedSince(target, since));
}

/** The values of each metric since a time, newest first. */
export async function publishedSince(target: Host, since: Date): Promise<Record<string, number[]>> {
  const series: Series[] = [
    ...hostMetricNames.map((name) => ({ name })),
    ...repositoryMetricNames.flatMap((name) => repos.map((repo) => ({ name, repo }))),
  ];
  const queries = series.map((one, index) => query(`m${index}`, one));
  const answer = await aws(target, [
    ...["aws", "cloudwatch", "get-metric-data", "--scan-by", "TimestampDescending"],
    ...["--start-time", since.toISOString(), "--end-time", new Date(Date.now() + 1000).toISOString()],
    ...["--metric-data-queries", JSON.stringify(queries), "--output", "json"],
  ]);
  const { MetricDataResults: results } = JSON.parse(answer) as {
    MetricDataResults: { Label: string; Values: number[] }[];
  };
  return Object.fromEntries(results.map(({ Label, Values }) => [Label, Values]));
}

function newest(values: Record<string, number[]>): Published {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, [value]]) => (value === undefined ? [] : [[name, value]])),
  );
}

interface Series {
  readonly name: string;
  readonly repo?: string;
}

/** CloudWatch's double takes a period of a second: two runs in a minute stay two. */
function query(id: string, { name, repo }: Series) {
  const dimensions = [environment, ...(repo === undefined ? [] : [{ Name: "Repo", Value: repo }])];
  return {
    Id: id,
    Label: repo === undefined ? name : `${name}/${repo}`,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions: dimensions },
      Period: 1,
      Stat: "Maximum",
    },
  };
}

/** Every metric that has ever been published, as `NAME{DIMENSION=VALUE,…}`. */
export async function publishedNames(target: Host): Promise<string[]> {
  const answer = await aws(target, [
    "aws",
    "cloudwatch",
    "list-metrics",
    "--namespace",
    namespace,
    "--output",
    "json",
  ]);
  const { Metrics: metrics } = JSON.parse(answer) as {
    Metrics: { MetricName: string; Dimensions: { Name: string; Value: string }[] }[];
  };
  const names = metrics.map(({ MetricName, Dimensions }) => {
    const dimensions = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(",");
    return `${MetricName}{${dimensions}}`;
  });
  return [...new Set(names)].sort();
}

async function aws(target: Host, argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await target.run(argv, { timeoutMs: patienceMs });
  if (code !== 0) throw new Error(`${argv.slice(0, 3).join(" ")} ended with ${code}: ${stderr || stdout}`);
  return stdout;
}
