import { metricsNamespace } from "../../../lib/config/derived";
import { hostMetricNames, repos } from "../../../lib/host/watching/metric-names";
import { assetText, withoutBashComments } from "../../../lib/script/asset";
import { alarmsOf, metricsOf, watchingTemplate, widgetsOf } from "./watching-template";

const script = withoutBashComments(assetText("boot", "files", "metrics.sh"));

/** As the script writes them: `metric NAME …`, and the first column of what it reads from the server. */
function publishedNames(): string[] {
  const inScript = [...script.matchAll(/\bmetric ([A-Z]\w+)/g)];
  const inSql = [...assetText("sql", "metrics", "server-metrics.sql").matchAll(/\('([A-Z]\w+)', '/g)];
  return [...new Set([...inScript, ...inSql].map(([, name = ""]) => name))].sort();
}

describe("the names of the host's metrics", () => {
  test("are those that its script publishes", () => {
    expect([...hostMetricNames].sort()).toEqual(publishedNames());
  });

  test("of the repositories are those that its script asks", () => {
    const asked = script.match(/for repo in [^;]+;/g);
    expect(new Set(asked)).toEqual(new Set([`for repo in ${repos.join(" ")};`]));
  });

  test("are all that alarms and widgets read from the host", () => {
    const template = watchingTemplate();
    const alarms = Object.values(alarmsOf(template)).map(({ Namespace, MetricName }) => ({
      namespace: Namespace,
      name: MetricName,
    }));
    const read = [...alarms, ...widgetsOf(template).flatMap(metricsOf)].filter(
      ({ namespace }) => namespace === metricsNamespace,
    );
    const names = [...new Set(read.map(({ name }) => name))].sort();
    // The bytes are for the person who enlarges the volume.
    expect(names).toEqual(publishedNames().filter((name) => name !== "DataVolumeFreeBytes"));
  });
});
