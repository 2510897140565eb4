import { alarmsOf, metricsOf, prod, watchingTemplate, widgetsOf, type Widget } from "./watching-template";

const template = watchingTemplate();
const [states, ...rest] = widgetsOf(template);
const headings = rest.filter(({ type }) => type === "text");
const graphs = rest.filter(({ type }) => type === "metric");

describe("the dashboard", () => {
  test("is named after the environment", () => {
    template.hasResourceProperties("AWS::CloudWatch::Dashboard", { DashboardName: "timescale-cutover-prod" });
  });

  test("begins with the states of all alarms, across its whole width", () => {
    expect(states).toMatchObject({ type: "alarm", x: 0, y: 0, width: 24 });
    expect(states?.properties.alarms).toHaveLength(Object.keys(alarmsOf(template)).length);
  });

  test("asks one question a column, from left to right", () => {
    const byPlace = headings.sort((a, b) => a.x - b.x).map(({ x, properties }) => [x, properties.markdown]);
    expect(byPlace).toEqual([
      [0, "## Is it up?"],
      [6, "## Is it keeping up?"],
      [12, "## Is it safe?"],
      [18, "## What does the instance's credit say?"],
    ]);
    expect(new Set(headings.map(({ y }) => y))).toEqual(new Set([states?.height]));
  });

  test("answers each question below it with graphs that have titles and do not cover one another", () => {
    for (const { x, y } of headings) {
      const column = graphs.filter((graph) => graph.x === x);
      expect(column.length).toBeGreaterThanOrEqual(3);
      expect(column.every((graph) => graph.y > y && graph.width === 6)).toBe(true);
    }
    expect(graphs.every(({ properties }) => (properties.title ?? "").length > 5)).toBe(true);
    expect(new Set(graphs.map(({ properties }) => properties.title)).size).toBe(graphs.length);
    expect(graphs.filter((one) => graphs.some((other) => one !== other && overlap(one, other)))).toEqual([]);
  });

  test("draws the environment's figures where the alarms ring", () => {
    const { alarms } = prod;
    const line = (title: string) =>
      graphs.find(({ properties }) => properties.title?.startsWith(title))?.properties.annotations
        ?.horizontal[0]?.value;
    expect(line("Data volume: free")).toBe(alarms.dataVolumeFreePercent);
    expect(line("Segments of WAL")).toBe(alarms.readySegments);
    expect(line("WAL that waits")).toBe(alarms.archiveQueuePercent);
    expect(line("Free at the repository host")).toBe(alarms.repositoryFreeGiB);
    expect(line("Hours since the newest backup")).toBe(alarms.backupAgeHours);
    expect(line("Sessions in use")).toBe(alarms.connectionsPercent);
    expect(line("CPU credits left")).toBe(alarms.cpuCreditBalance);
  });

  test("shows every metric that an alarm rings by", () => {
    const shown = new Set(graphs.flatMap(metricsOf).map(({ name }) => name));
    const rung = Object.values(alarmsOf(template)).map(({ MetricName }) => MetricName);
    // A silent archiver is seen as segments that wait.
    expect(rung.filter((name) => !shown.has(name))).toEqual(["ArchiveSilentSeconds"]);
  });

  test("of a type without CPU credits shows none", () => {
    const target = { ...prod.target, instanceType: "m6i.large" };
    const titles = widgetsOf(watchingTemplate({ target })).map(({ properties }) => properties.title);
    expect(titles).toContain("EBS burst left, % (no line = the type has none)");
    expect(titles.filter((title) => title?.startsWith("CPU credits"))).toEqual([]);
  });
});

function overlap(one: Widget, other: Widget): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
