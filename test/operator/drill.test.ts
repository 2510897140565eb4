import { cutover, withAwsDouble } from "./support/command-line";
import { listing, lookAt } from "./support/run";

const double = withAwsDouble();

const restored = (repository: number, changes: Record<string, unknown> = {}) => ({
  step: `restore-drill-repo${repository}`,
  run: "r20261121-051300-k3f9",
  status: "succeeded",
  seconds: 754,
  repository,
  backup: "20261121-020000F",
  restoredBytes: 11 * 1024 ** 3,
  recoveryPoint: `2026-11-21T05:1${repository}:00.000001Z`,
  relations: 812,
  rows: 48211934,
  timescaledb: { hypertables: 9, compressedChunks: 712, jobs: 14, jobsStarted: 0 },
  ...changes,
});

const steps = ["lock", "whetherRepo3", "restoreDrillRepo3", "whetherRepo2", "restoreDrillRepo2", "unlock"];
const statusOf = (name: string, statuses: Record<string, string>) => statuses[name] ?? "Success";

/** A drill that ended; run ids end with what the program makes up, so one is given. */
function arrange(statuses: Record<string, string> = {}, results = [restored(3), restored(2)]): void {
  const all = steps.map((name) => ({
    name,
    status: statusOf(name, statuses),
    ...(name.startsWith("whether") ? {} : { on: "target" as const }),
    output: JSON.stringify(results.find(({ step }) => step.endsWith(name.slice(-5).toLowerCase())) ?? {}),
  }));
  const ended = all.some(({ status }) => status === "Failed") ? "Failed" : "Success";
  double.aws.looks = [
    lookAt("RestoreDrill", "InProgress", all.slice(0, 1)),
    lookAt("RestoreDrill", ended, all),
  ];
}

function drill(...more: string[]): ReturnType<typeof cutover> {
  return cutover("drill", "--env", "lab", "--run-id", "r20261121-051300-k3f9", ...more);
}

interface Report {
  outcome: string;
  archiving: { drill: Record<string, unknown> | null };
}

async function reported(...more: string[]): Promise<{ exitCode: number; stderr: string; report: Report }> {
  const { exitCode, stdout, stderr } = await drill("--json", ...more);
  return { exitCode, stderr, report: JSON.parse(stdout) as Report };
}

test("drill starts a RestoreDrill of both repositories, and tells of each the recovery point and the time it took", async () => {
  arrange();
  const { exitCode, stdout } = await drill();
  expect(exitCode).toBe(0);
  expect(double.aws.askedFor("StartAutomationExecution")).toMatchObject([
    { DocumentName: "timescale-cutover-lab-RestoreDrill", Parameters: { RunId: ["r20261121-051300-k3f9"] } },
  ]);
  expect(stdout).toContain(
    [
      "Restored from repo3 (SSH) in 12 min 34 s:",
      "  recovery point  2026-11-21T05:13:00.000001Z",
      "  backup          20261121-020000F, 11,264 MiB with its WAL",
      "  read            812 relations, 48,211,934 rows",
      "  TimescaleDB     hypertables 9, compressed chunks 712, jobs 14, jobs started 0",
      "Restored from repo2 (S3) in 12 min 34 s:",
    ].join("\n"),
  );
});

test("--repo and --time are handed on", async () => {
  arrange();
  await drill("--repo", "2", "--time", "2026-11-21T04:15:15.5+01:00");
  expect(double.aws.askedFor("StartAutomationExecution")).toMatchObject([
    { Parameters: { Repos: ["2"], Time: ["2026-11-21T04:15:15.5+01:00"] } },
  ]);
});

test("the report has the earliest recovery point, the seconds of both, and what each repository gave", async () => {
  arrange();
  const { report } = await reported();
  expect(report).toMatchObject({
    outcome: "succeeded",
    archiving: {
      targetSegment: null,
      fullBackups: [],
      drill: {
        outcome: "succeeded",
        seconds: 1508,
        recoveryPoint: "2026-11-21T05:12:00.000001Z",
        repositories: [{ repository: 3, rows: 48211934 }, { repository: 2 }],
      },
    },
  });
});

test("a repository that could not be restored from ends it with 1, in the step's own words; the other is told as well", async () => {
  arrange({ restoreDrillRepo2: "Failed" }, [
    restored(3),
    {
      ...restored(2),
      status: "failed",
      code: "no-backup",
      message: "repo2 (S3) has no backup.",
      remedy: "Make one.",
    } as never,
  ]);
  const { exitCode, stderr, report } = await reported();
  expect(exitCode).toBe(1);
  expect(stderr).toContain("repo2 (S3) has no backup.");
  expect(report.archiving.drill).toMatchObject({
    outcome: "failed",
    recoveryPoint: "2026-11-21T05:13:00.000001Z",
    repositories: [{ repository: 3 }],
  });
  expect((await drill()).stdout).toContain("NOT EVERY REPOSITORY COULD BE RESTORED FROM");
});

test("a drill that came to no repository has none in its report", async () => {
  const locked = [{ name: "lock", status: "Failed", on: "target" as const }];
  double.aws.looks = [lookAt("RestoreDrill", "Failed", locked)];
  const { exitCode, report } = await reported();
  expect(exitCode).toBe(1);
  expect(report.archiving.drill).toBeNull();
});

test.each([
  ["2026-11-21T02:15:15", /"2026-11-21T02:15:15" names no zone/],
  ["2026-11-21T05:13:01Z", /"2026-11-21T05:13:01Z" is in the future: it is 2026-11-21T05:13:00/],
  ["yesterday", /"yesterday" is no time/],
  ["2026-13-01T00:00:00Z", /"2026-13-01T00:00:00Z" is no time/],
])("--time %s is refused by name, and nothing is started", async (time, message) => {
  const { exitCode, stderr } = await drill("--time", time);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(message);
  expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
});

test("--repo 1 is refused by name, and nothing is started", async () => {
  const { exitCode, stderr } = await drill("--repo", "1");
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--repo "1" is no repository of the target');
  expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
});

test("a drill is refused while a cutover is in progress, and a cutover while a drill is", async () => {
  double.aws.listed = [listing("Cutover", "InProgress")];
  expect(await drill()).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining("A cutover of lab is in progress"),
  });
  double.aws.listed = [listing("RestoreDrill", "InProgress")];
  expect(await cutover("run", "--env", "lab", "--confirm", "tracker")).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining("A restore drill of lab is in progress"),
  });
  expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
});
