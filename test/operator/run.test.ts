import { executionId } from "./support/aws-double";
import { cutover, withAwsDouble } from "./support/command-line";
import { approver, secretName } from "./support/environment";
import {
  equalFingerprint,
  listing,
  lookAt,
  password,
  resultObject,
  runId,
  secretAt,
  sourceVersions,
} from "./support/run";

const double = withAwsDouble();
const message = "Cutover of tracker.\nThe application CANNOT WRITE until the switch.";

const toTheFence = [
  { name: "approve", status: "Success", asks: message },
  { name: "fenceSource", status: "Success", on: "source" as const },
];
const switched = [
  ...toTheFence,
  { name: "activate", status: "Success", on: "target" as const },
  { name: "switch", status: "Success", on: "target" as const },
  { name: "reopenSource", status: "Pending", on: "source" as const },
];
const failed = [
  ...toTheFence,
  { name: "activate", status: "Pending", on: "target" as const },
  { name: "reopenSource", status: "Success", on: "source" as const },
];

function arrangeSuccess(): void {
  const { aws } = double;
  aws.secret = secretAt("target");
  aws.looks = [
    lookAt("Cutover", "Waiting", [{ name: "approve", status: "Waiting", asks: message }]),
    lookAt("Cutover", "Success", switched),
  ];
  for (const side of ["source", "target"] as const) {
    aws.objects.set(resultObject(side, `inspect-${side}`), JSON.stringify({ versions: sourceVersions }));
  }
  aws.objects.set(resultObject("target", "compare"), JSON.stringify({ fingerprint: equalFingerprint }));
  const fence = { step: "fence-source", status: "succeeded", fencedAt: "2026-11-21T05:13:12Z" };
  aws.objects.set(resultObject("source", "fence-source"), JSON.stringify(fence));
}

/** The run ended so, and AWS lists it. */
function arrangeEnd(status: string, steps: Parameters<typeof lookAt>[2]): void {
  const execution = lookAt("Cutover", status, steps);
  double.aws.looks = [execution];
  double.aws.executions.set(executionId, execution);
  double.aws.secret = secretAt("source");
  double.aws.onAsked = ({ operation }) => {
    if (operation === "StartAutomationExecution") double.aws.listed = [listing("Cutover", status)];
  };
}

function run(...more: string[]): ReturnType<typeof cutover> {
  return cutover("run", "--env", "lab", "--run-id", runId, "--confirm", "tracker", ...more);
}

test("a cutover says again which differences it was told to accept", async () => {
  arrangeSuccess();
  const { stderr } = await run("--accept", "relation public.x");
  expect(stderr).toContain("Accepted, though the target differs: relation public.x.\n");
  expect(double.aws.askedFor("StartAutomationExecution")).toMatchObject([
    { Parameters: { Accept: ['["relation public.x"]'] } },
  ]);
});

test("a cutover says what is about to happen, is started, and ends with the truth and the outage", async () => {
  arrangeSuccess();
  const { exitCode, stdout, stderr } = await run();
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^About to cut over the database tracker of lab/);
  expect(stderr).toContain(`the secret ${secretName} is switched to 172.31.203.20:5432.`);
  expect(stderr).toContain("After the switch nothing goes back by itself");
  expect(stdout).toContain(
    "The truth is the target.\nOutage: 27.5 s (2026-11-21T05:13:12.000Z to 2026-11-21T05:13:39.500Z), with 3 round trips to Systems Manager: a second more for each is 3.0 s more.\n",
  );
  expect(stdout).toContain("No relation differs.");
  expect(double.aws.askedFor("StartAutomationExecution")).toMatchObject([
    { DocumentName: "timescale-cutover-lab-Cutover", Parameters: { RunId: [runId] } },
  ]);
  expect(stdout + stderr).not.toContain(password);
});

test("the report of a cutover has truth and outage, and leaves to the lab what only the lab can know", async () => {
  arrangeSuccess();
  expect(JSON.parse((await run("--json")).stdout)).toMatchObject({
    truth: "target",
    outage: {
      startedAt: "2026-11-21T05:13:12.000Z",
      endedAt: "2026-11-21T05:13:39.500Z",
      seconds: 27.5,
      roundTrips: 3,
    },
    acknowledgedRows: null,
    missingRows: null,
    writesSaved: null,
    writes: null,
  });
});

test("what a cutover may do differently is handed on, and told before", async () => {
  arrangeSuccess();
  const { stderr } = await run(
    ...[
      "--replace",
      "tracker",
      "--in-flight",
      "end",
      "--allow",
      "window,no-rehearsal,source-prepared-transactions",
    ],
  );
  expect(stderr).toContain("The target's database tracker is dropped. This cannot be undone.");
  expect(stderr).toContain("go on for more than 60 s are ended");
  expect(stderr).toContain("Overridden at the gate: window, no-rehearsal, source-prepared-transactions.");
  expect(double.aws.askedFor("StartAutomationExecution")[0]?.Parameters).toEqual({
    RunId: [runId],
    Replace: ["tracker"],
    InFlight: ["end"],
    Allow: ["window,no-rehearsal,source-prepared-transactions"],
  });
});

test("while the run waits for approval, it says what approvers read and how to approve, once", async () => {
  arrangeSuccess();
  double.aws.looks.unshift(...Array.from({ length: 3 }, () => double.aws.looks[0] ?? {}));
  const { stderr } = await run();
  expect(stderr).toContain(
    [
      `The run waits for approval (execution ${executionId}). Approvers read:`,
      "  | Cutover of tracker.",
      "  | The application CANNOT WRITE until the switch.",
      `  Approvers: ${approver}`,
      `  Approve: cutover approve ${executionId} --env lab`,
      `  Reject:  cutover approve ${executionId} --env lab --reject`,
    ].join("\n"),
  );
  expect(stderr.match(/waits for approval/g)).toHaveLength(1);
  expect(double.aws.askedFor("SendAutomationSignal")).toEqual([]);
});

test("--approve gives the approval itself, when the run waits for it", async () => {
  arrangeSuccess();
  const { exitCode, stderr } = await run("--approve");
  expect(exitCode).toBe(0);
  expect(stderr).toContain("The approval was given with these credentials.");
  expect(double.aws.askedFor("SendAutomationSignal")).toEqual([
    { AutomationExecutionId: executionId, SignalType: "Approve" },
  ]);
});

test("--approve of one who is no approver is told, and the run is followed on", async () => {
  arrangeSuccess();
  double.aws.fail("SendAutomationSignal", {
    status: 400,
    type: "InvalidAutomationSignalException",
    message: "not among the approvers",
  });
  const { exitCode, stderr } = await run("--approve");
  expect(exitCode).toBe(0);
  expect(stderr).toContain("warning: AWS refused the approval: InvalidAutomationSignalException");
  expect(stderr).toContain(`Approvers are: ${approver}.`);
});

test.each(["Rehearsal", "Cutover", "Rollback", "Signoff", "Reopen"])(
  "a cutover is refused while a %s is in progress, and that one named",
  async (automation) => {
    double.aws.listed = [listing(automation, "InProgress")];
    const { exitCode, stderr } = await run();
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`A ${automation.toLowerCase()} of lab is in progress: execution ${executionId}`);
    expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
  },
);

test("a cutover that failed before the switch ends with 1, with the source as the truth and open", async () => {
  arrangeEnd("Failed", failed);
  const { exitCode, stdout, stderr } = await run();
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`The truth is the source: ${secretName} points at 172.31.203.10:5432.\n`);
  expect(stderr).toContain("The source is not fenced.\n");
  expect(stdout).toContain("The truth is the source.\nOutage: 29.5 s (");
});

test("a cutover that left the source fenced says so loudly, with the command that opens it", async () => {
  arrangeEnd("Cancelled", [...toTheFence, { name: "reopenSource", status: "Failed", on: "source" }]);
  const { exitCode, stdout, stderr } = await run();
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    `SOURCE IS STILL FENCED by run ${runId} (execution ${executionId}): the application cannot write.\n` +
      "  Reopen it: cutover reopen --env lab\n",
  );
  expect(stdout).toContain("OUTAGE: since 2026-11-21T05:13:10.000Z, and not over.");
});

test("a truth that cannot be read is a warning, and null in the report", async () => {
  arrangeSuccess();
  double.aws.fail("GetSecretValue", { status: 400, type: "AccessDeniedException", message: "not you" });
  const { exitCode, stdout, stderr } = await run("--json");
  expect(exitCode).toBe(0);
  expect(stderr).toContain(
    "warning: which side is the truth is not known: AWS refused: AccessDeniedException",
  );
  expect(JSON.parse(stdout)).toMatchObject({ truth: null, outage: { seconds: 27.5 } });
});

test("a cutover that fails before the fence has no outage", async () => {
  arrangeEnd("Failed", [{ name: "gate", status: "Failed", on: "target" }]);
  expect(JSON.parse((await run("--json")).stdout)).toMatchObject({ truth: "source", outage: null });
});

test("a cutover whose switch AWS counts as failed, and that went on, ends its outage at the switch", async () => {
  arrangeEnd("Failed", [
    ...toTheFence,
    { name: "activate", status: "Success", on: "target" },
    { name: "switch", status: "TimedOut", on: "target" },
    { name: "smokeTest", status: "Failed", on: "target" },
  ]);
  double.aws.secret = secretAt("target");
  const { stdout, stderr } = await run("--json");
  expect(JSON.parse(stdout)).toMatchObject({ truth: "target", outage: { seconds: 29.5 } });
  expect(stderr).toContain("The target is not fenced.");
});
