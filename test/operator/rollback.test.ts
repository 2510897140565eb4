import { cutover, cutoverAtTerminal, withAwsDouble } from "./support/command-line";
import { listing, lookAt, password, resultObject, runId, secretAt } from "./support/run";

const double = withAwsDouble();
const cutoverRun = "r20261120-010000-aaaa";
const location = `s3://relay/writes/${runId}/`;

function arrangeSuccess({ carried }: { carried: boolean }): void {
  const { aws } = double;
  aws.secret = secretAt("target", `timescale-cutover-${cutoverRun}`);
  aws.looks = [
    lookAt("Rollback", "Success", [
      { name: "fenceTarget", status: "Success", on: "target" },
      { name: "saveWrites", status: "Success", on: "target" },
      { name: "applyWrites", status: carried ? "Success" : "Pending", on: "source" },
      { name: "switchBack", status: "Success", on: "target" },
      { name: "reopenSource", status: "Success", on: "source" },
    ]),
  ];
  aws.onAsked = ({ operation }) => {
    if (operation === "StartAutomationExecution") aws.secret = secretAt("source");
  };
  const saved = {
    writesSaved: 1234,
    deletesNotSaved: 2,
    location,
    relations: [{ name: "public.w", rows: 1234 }],
  };
  const applied = { writesApplied: 1200, alreadyThere: 4, conflicts: [{ relation: "public.w", rows: 30 }] };
  aws.objects.set(
    resultObject("target", "fence-target"),
    JSON.stringify({ fencedAt: "2026-11-21T05:13:01Z" }),
  );
  aws.objects.set(resultObject("target", "save-writes"), JSON.stringify(saved));
  const changedDefinitions = ["function public.price(integer): definition changed"];
  aws.objects.set(resultObject("target", "changed-definitions"), JSON.stringify({ changedDefinitions }));
  if (carried) aws.objects.set(resultObject("source", "apply-writes"), JSON.stringify(applied));
}

function rollback(...more: string[]): ReturnType<typeof cutover> {
  return cutover("rollback", "--env", "lab", "--run-id", runId, "--confirm", "tracker", ...more);
}

test("a rollback takes back the run that the secret was switched by, and says what carrying means", async () => {
  arrangeSuccess({ carried: true });
  const { exitCode, stdout, stderr } = await rollback();
  expect(exitCode).toBe(0);
  expect(double.aws.askedFor("StartAutomationExecution")).toMatchObject([
    {
      DocumentName: "timescale-cutover-lab-Rollback",
      Parameters: { RunId: [runId], CutoverRunId: [cutoverRun], CarryWrites: ["yes"] },
    },
  ]);
  expect(stderr).toMatch(new RegExp(`^About to take back the cutover ${cutoverRun}`));
  expect(stderr).toContain("They are applied on the source before it is reopened.");
  expect(stdout).toContain("The truth is the source.\nOutage: 48.5 s (");
  expect(stdout).toContain(
    [
      `Writes since the switch: 1,234 rows of 1 relation saved in ${location}`,
      "  public.w: 1,234 rows",
      "Applied on the source: 1,200 rows",
      "Conflicts (the source's own row was kept, the other is in what was saved):",
      "  public.w: 30 rows",
      "Defined otherwise on the target since the switch, and not taken back:",
      "  function public.price(integer): definition changed",
      "Deleted since the switch, and not saved: 2 rows",
      "",
    ].join("\n"),
  );
  expect(stdout).not.toContain("compared");
  expect(stderr).not.toContain("warning");
  expect(stdout + stderr).not.toContain(password);
});

test("--no-carry-writes leaves the writes in what was saved: that is said before, and told row by row after", async () => {
  arrangeSuccess({ carried: false });
  const { stdout, stderr } = await rollback("--no-carry-writes");
  expect(double.aws.askedFor("StartAutomationExecution")[0]?.Parameters).toMatchObject({
    CarryWrites: ["no"],
  });
  expect(stderr).toContain("They stay there (--no-carry-writes)");
  expect(stderr).not.toContain("warning");
  expect(stdout).toContain("None was applied on the source: these rows stay behind in what was saved.");
});

test("the report of a rollback has the writes that were saved, and their conflicts", async () => {
  arrangeSuccess({ carried: true });
  expect(JSON.parse((await rollback("--json")).stdout)).toMatchObject({
    truth: "source",
    writesSaved: 1234,
    writes: {
      relations: [{ name: "public.w", rows: 1234 }],
      conflicts: [{ relation: "public.w", rows: 30 }],
      applied: 1200,
      deletesNotSaved: 2,
      location,
      changedDefinitions: ["function public.price(integer): definition changed"],
    },
    fingerprint: null,
  });
});

test("at a terminal the database's name is typed, after the run that is taken back was named", async () => {
  arrangeSuccess({ carried: true });
  const args = ["rollback", "--env", "lab", "--run-id", runId];
  const { exitCode, stderr } = await cutoverAtTerminal(["tracker"], ...args);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/About to take back the cutover .*\n[^]*Type the database's name/);
});

test("a rollback of another run than the one that switched is bad input, and nothing is started", async () => {
  arrangeSuccess({ carried: true });
  const { exitCode, stderr } = await rollback("--cutover-run", "r20261119-010000-bbbb");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    `--cutover-run names r20261119-010000-bbbb; the secret lab/tracker/database was switched by run ${cutoverRun}`,
  );
  expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
});

test("a secret that was rotated since wants the run named, which the target then checks", async () => {
  arrangeSuccess({ carried: true });
  double.aws.secret = secretAt("target", "abcdabcd-1111-4222-8333-444444444444");
  const { exitCode, stderr } = await rollback();
  expect(exitCode).toBe(2);
  expect(stderr).toContain("(abcdabcd-1111-4222-8333-444444444444) was made by no cutover");
  expect(stderr).toContain("Name the run with --cutover-run");
  expect((await rollback("--cutover-run", cutoverRun)).exitCode).toBe(0);
});

test.each([
  ["points elsewhere", secretAt("elsewhere"), "points at db.example.com:5432, which is neither"],
  [
    "lacks its port",
    { text: '{"host":"172.31.203.20","password":"pw-1"}', versionId: "v" },
    "names no host and port",
  ],
  ["is no JSON", { text: "pw-1", versionId: "v" }, "names no host and port"],
  ["is not there", undefined, "ResourceNotFoundException"],
])(
  "a rollback while the secret %s is refused with 3, and the secret is not shown",
  async (_, secret, told) => {
    double.aws.secret = secret;
    const { exitCode, stderr } = await rollback();
    expect(exitCode).toBe(3);
    expect(stderr).toContain("Nothing was started");
    expect(stderr).toContain(told);
    expect(stderr).not.toContain("pw-1");
    expect(stderr).not.toContain(password);
    expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
  },
);

test("a rollback beside a run in progress is refused", async () => {
  arrangeSuccess({ carried: true });
  double.aws.listed = [listing("Signoff", "InProgress")];
  const { exitCode, stderr } = await rollback();
  expect(exitCode).toBe(3);
  expect(stderr).toContain("A signoff of lab is in progress");
});

test("a rollback that the target refuses ends with 1 and tells that the target is the truth and open", async () => {
  const verdict = {
    step: "inspect-rollback",
    status: "failed",
    code: "signed-off",
    message: "It was signed off.",
    remedy: "It is final.",
  };
  arrangeSuccess({ carried: true });
  double.aws.onAsked = () => undefined;
  double.aws.looks = [
    lookAt("Rollback", "Failed", [
      { name: "inspectRollback", status: "Failed", on: "target", output: JSON.stringify(verdict) },
    ]),
  ];
  const { exitCode, stderr } = await rollback();
  expect(exitCode).toBe(1);
  expect(stderr).toContain("Step inspectRollback on target: Failed (signed-off)");
  expect(stderr).toContain("The target is not fenced.");
});
