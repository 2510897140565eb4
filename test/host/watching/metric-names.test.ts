import { metricsNamespace } from "../../../lib/config/derived";
import { hostMetricNames, repos, repositoryMetricNames } from "../../../lib/host/watching/metric-names";
import { assetText, withoutBashComments } from "../../../lib/script/asset";
import { alarmsOf, metricsOf, watchingTemplate, widgetsOf } from "./watching-template";

const [host, everyMinute, everyFive] = ["host", "metrics", "archive-metrics"].map((name) =>
  withoutBashComments(assetText("boot", "files", `${name}.sh`)),
);

/** As the scripts write them: `metric NAME …`, a line of what jq prints, and the first column of what SQL prints. */
function publishedNames(): string[] {
  const inScripts = [...`${everyMinute}${everyFive}`.matchAll(/\bmetric ([A-Z]\w+)/g)];
  const inJq = [...String(everyFive).matchAll(/\["([A-Z]\w+)", "/g)];
  const inSql = [...assetText("sql", "metrics", "server-metrics.sql").matchAll(/\('([A-Z]\w+)', '/g)];
  return [...new Set([...inScripts, ...inJq, ...inSql].map(([, name = ""]) => name))].sort();
}

describe("the names of the host's metrics", () => {
  test("are those that its scripts publish", () => {
    expect([...hostMetricNames, ...repositoryMetricNames].sort()).toEqual(publishedNames());
  });

  test("of the repositories are those that its scripts ask", () => {
    expect(host).toContain(`readonly REPOSITORIES='${repos.join(" ")}'`);
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
