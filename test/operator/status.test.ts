import { cutover, withAwsDouble } from "./support/command-line";
import { listing, lookAt, password, resultObject, secretAt } from "./support/run";

const double = withAwsDouble();

type Steps = Parameters<typeof lookAt>[2];
const fenced: Steps = [{ name: "fenceSource", status: "Success", on: "source" }];
const reopened: Steps = [{ name: "reopenSource", status: "Success", on: "source" }];

/** Runs, oldest first; each has the run id r20261121-05000N-aaaa. */
function arrangeRuns(...runs: [automation: string, status: string, steps?: Steps][]): void {
  const { aws } = double;
  aws.listed = runs.map(([automation, status], index) => {
    return listing(automation, status, { id: idOf(index), startedAt: 1_795_000_000 + index * 1000 });
  });
  runs.forEach(([automation, status, steps = []], index) => {
    aws.executions.set(
      idOf(index),
      lookAt(automation, status, steps, { Parameters: { RunId: [runOf(index)] } }),
    );
  });
}

const idOf = (index: number) => `0000000${index}-2222-4333-8444-555555555555`;
const runOf = (index: number) => `r20261121-05000${index}-aaaa`;

function status(...more: string[]): ReturnType<typeof cutover> {
  return cutover("status", "--env", "lab", ...more);
}

test("status tells the truth, that it is open, and the last run of each kind", async () => {
  double.aws.secret = secretAt("target");
  arrangeRuns(["Rehearsal", "Failed"], ["Rehearsal", "Success"], ["Cutover", "Success", fenced]);
  const { exitCode, stdout, stderr } = await status();
  expect(exitCode).toBe(0);
  expect(stdout.split("\n")).toEqual([
    "The truth is the target: lab/tracker/database points at 172.31.203.20:5432.",
    "The target is not fenced.",
    `Rehearsal succeeded    2026-11-18T11:24:20.000Z  ${runOf(1)}  execution ${idOf(1)}`,
    `Cutover   succeeded    2026-11-18T11:41:00.000Z  ${runOf(2)}  execution ${idOf(2)}`,
    "Rollback  never, in the last 30 days",
    "Signoff   never, in the last 30 days",
    "",
  ]);
  expect(stdout + stderr).not.toContain(password);
});

test("a source that is the truth and still fenced is told loudly, with the command that opens it, and ends with 1", async () => {
  double.aws.secret = secretAt("source");
  arrangeRuns(["Cutover", "Cancelled", fenced]);
  const { exitCode, stdout } = await status();
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    `SOURCE IS STILL FENCED by run ${runOf(0)} (execution ${idOf(0)}): the application cannot write.\n` +
      "  Reopen it: cutover reopen --env lab\n",
  );
});

test.each<[string, Parameters<typeof arrangeRuns>]>([
  ["the run itself", [["Cutover", "Failed", [...fenced, ...reopened]]]],
  [
    "the run itself, at its second attempt",
    [["Cutover", "Failed", [...fenced, { name: "reopenSourceAgain", status: "Success", on: "source" }]]],
  ],
  [
    "a later reopen",
    [
      ["Cutover", "Cancelled", fenced],
      ["Reopen", "Success", reopened],
    ],
  ],
  [
    "a later rollback",
    [
      ["Cutover", "Success", fenced],
      ["Rollback", "Success", reopened],
    ],
  ],
])("a source that %s opened is not fenced", async (_, runs) => {
  double.aws.secret = secretAt("source");
  arrangeRuns(...runs);
  const { exitCode, stdout } = await status();
  expect(exitCode).toBe(0);
  expect(stdout).toContain("The source is not fenced.");
});

test("a later cutover that failed before its fence does not hide the fence of an earlier one", async () => {
  double.aws.secret = secretAt("source");
  arrangeRuns(["Cutover", "Cancelled", fenced], ["Reopen", "Failed"], ["Cutover", "Failed", []]);
  const { exitCode, stdout } = await status();
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`SOURCE IS STILL FENCED by run ${runOf(0)}`);
});

test.each([
  ["succeeded", 0],
  ["failed", 1],
])("a reopen that AWS lost sight of counts as the relay says: it %s", async (outcome, expected) => {
  double.aws.secret = secretAt("source");
  arrangeRuns(["Cutover", "Failed", [...fenced, { name: "reopenSource", status: "TimedOut", on: "source" }]]);
  double.aws.objects.set(
    resultObject("source", "reopen-source", runOf(0)),
    JSON.stringify({ status: outcome }),
  );
  expect((await status()).exitCode).toBe(expected);
});

test("a target that is the truth and that a failed rollback left fenced is told as well", async () => {
  double.aws.secret = secretAt("target");
  arrangeRuns(
    ["Cutover", "Success", fenced],
    ["Rollback", "Failed", [{ name: "fenceTarget", status: "Success", on: "target" }]],
  );
  const { exitCode, stdout } = await status();
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`TARGET IS STILL FENCED by run ${runOf(1)}`);
});

test("a target that a later cutover opened anew is not fenced by the rollback before it", async () => {
  double.aws.secret = secretAt("target");
  arrangeRuns(
    ["Rollback", "Success", [{ name: "fenceTarget", status: "Success", on: "target" }, ...reopened]],
    ["Cutover", "Success", [...fenced, { name: "activate", status: "Success", on: "target" }]],
  );
  expect((await status()).exitCode).toBe(0);
});

test("a source that a run in progress has fenced is as it should be", async () => {
  double.aws.secret = secretAt("source");
  arrangeRuns(["Cutover", "InProgress", fenced]);
  const { exitCode, stdout } = await status();
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`A cutover is in progress: execution ${idOf(0)} (InProgress).`);
  expect(stdout).toContain(`The source is fenced by run ${runOf(0)}.`);
});

test.each([
  ["points elsewhere", "lab/tracker/database points at db.example.com:5432", secretAt("elsewhere")],
  ["cannot be read", "AWS refused: ResourceNotFoundException", undefined],
])("a secret that %s leaves the truth unknown, and ends with 1", async (_, told, secret) => {
  double.aws.secret = secret;
  const { exitCode, stdout } = await status();
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`THE TRUTH IS UNKNOWN: ${told}`);
});

test("--json prints the same for machines", async () => {
  double.aws.secret = secretAt("source");
  arrangeRuns(["Cutover", "Cancelled", fenced]);
  expect(JSON.parse((await status("--json")).stdout)).toMatchObject({
    truth: { side: "source", address: "172.31.203.10:5432", reason: null },
    fences: { source: { runId: runOf(0), executionId: idOf(0) }, target: null },
    inProgress: null,
    runs: {
      Rehearsal: null,
      Cutover: { runId: runOf(0), status: "Cancelled" },
      Rollback: null,
      Signoff: null,
    },
  });
});

test("an AWS that cannot be asked ends with 3", async () => {
  process.env.AWS_ENDPOINT_URL_SSM = "http://127.0.0.1:1";
  const { exitCode, stderr } = await status();
  expect(exitCode).toBe(3);
  expect(stderr).toContain("How lab stands could not be seen");
});

test("a preflight in progress is no run that matters: a source left fenced is told all the same", async () => {
  double.aws.secret = secretAt("source");
  arrangeRuns(["Cutover", "Cancelled", fenced], ["Preflight", "InProgress"]);
  const { exitCode, stdout } = await status();
  expect(exitCode).toBe(1);
  expect(stdout).toContain("SOURCE IS STILL FENCED");
  expect(stdout).not.toContain("preflight");
});
