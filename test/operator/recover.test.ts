import { cutover, withAwsDouble } from "./support/command-line";
import { lookAt, runId } from "./support/run";

const double = withAwsDouble();

const recovered = {
  step: "recover",
  run: runId,
  status: "succeeded",
  seconds: 1204,
  repository: 3,
  backup: "20261121-020000F",
  setAside: "/var/lib/postgresql/17/main.before-r20261121-051300-k3f9",
  recoveryPoint: "2026-11-21T05:12:58.512000Z",
  timeline: 2,
  databaseBytes: 11 * 1024 ** 3,
};

function arrange(): void {
  const archived = { step: "start-archiving", status: "succeeded", segment: "00000002000000000000000B" };
  const results: Record<string, unknown> = { recover: recovered, startArchiving: archived };
  const steps = ["lock", "recover", "startArchiving", "unlock"].map((name) => ({
    ...{ name, status: "Success", on: "target" as const },
    output: JSON.stringify(results[name] ?? {}),
  }));
  double.aws.looks = [lookAt("Recover", "Success", steps)];
}

function recover(...more: string[]): ReturnType<typeof cutover> {
  return cutover("recover", "--env", "lab", "--run-id", runId, ...more);
}

test("recover starts a Recover from the near repository, says what will be lost, and tells up to when it restored", async () => {
  arrange();
  const { exitCode, stdout, stderr } = await recover("--confirm", "tracker");
  expect(exitCode).toBe(0);
  expect(double.aws.askedFor("StartAutomationExecution")).toMatchObject([
    { DocumentName: "timescale-cutover-lab-Recover", Parameters: { RunId: [runId], Repo: ["3"] } },
  ]);
  expect(stderr).toContain("About to recover the database tracker of lab at 172.31.202.20");
  expect(stderr).toContain("What the application wrote after that is not in it");
  expect(stdout).toContain("Recovered from repo3, backup 20261121-020000F, on timeline 2");
  expect(stdout).toContain("recovery point  2026-11-21T05:12:58.512000Z");
  expect(stdout).toContain(recovered.setAside);
});

test("--repo, --time and --replace are handed on, and the report says what was recovered", async () => {
  arrange();
  const more = ["--repo", "2", "--time", "2026-11-21T04:00:00Z", "--replace", "tracker"];
  const { stdout, stderr } = await recover("--confirm", "tracker", "--json", ...more);
  expect(double.aws.askedFor("StartAutomationExecution")).toMatchObject([
    { Parameters: { Repo: ["2"], Time: ["2026-11-21T04:00:00Z"], Replace: ["tracker"] } },
  ]);
  expect(stderr).toContain("to 2026-11-21T04:00:00Z.");
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: "succeeded",
    recovered: { timeline: 2, repository: 3 },
  });
});

test.each([
  [["--confirm", "trackr"], 'confirm names "trackr"'],
  [[], "there is no terminal to ask on"],
  [["--confirm", "tracker", "--repo", "1"], '--repo "1"'],
  [["--confirm", "tracker", "--time", "2026-11-21T04:00:00"], "names no zone"],
  [["--confirm", "tracker", "--replace", "trackr"], '--replace names "trackr"'],
])("%j is refused by name, and nothing is started", async (more, message) => {
  const { exitCode, stderr } = await recover(...more);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
});
