import { executionId } from "./support/aws-double";
import { cutover, withAwsDouble } from "./support/command-line";
import { listing, lookAt, secretAt } from "./support/run";

const double = withAwsDouble();

function reopen(...more: string[]): ReturnType<typeof cutover> {
  return cutover("reopen", "--env", "lab", ...more);
}

test("reopen starts the document that opens the source, once it has seen that the source is the truth", async () => {
  double.aws.secret = secretAt("source");
  double.aws.looks = [
    lookAt("Reopen", "Success", [{ name: "reopenSource", status: "Success", on: "source" }]),
  ];
  const { exitCode, stdout } = await reopen();
  expect(exitCode).toBe(0);
  expect(stdout).toContain("The truth is the source.\n");
  expect(double.aws.askedFor("StartAutomationExecution")).toMatchObject([
    {
      DocumentName: "timescale-cutover-lab-Reopen",
      Parameters: { RunId: [expect.stringMatching(/^r2026/)], Rollback: ["yes"] },
    },
  ]);
});

test("reopen is refused while the target is the truth: there would be two", async () => {
  double.aws.secret = secretAt("target");
  const { exitCode, stderr } = await reopen();
  expect(exitCode).toBe(3);
  expect(stderr).toContain("points at the target (172.31.203.20:5432), which is the truth");
  expect(stderr).toContain("cutover rollback --env lab");
  expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
});

test("reopen is refused while the truth is not known", async () => {
  double.aws.secret = secretAt("elsewhere");
  const { exitCode, stderr } = await reopen();
  expect(exitCode).toBe(3);
  expect(stderr).toContain(
    "points at db.example.com:5432, which is neither the source (172.31.203.10:5432) nor the target (172.31.203.20:5432)",
  );
  double.aws.fail("GetSecretValue", { status: 400, type: "AccessDeniedException", message: "not you" });
  expect((await reopen()).stderr).toContain("AccessDeniedException: not you");
  expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
});

test.each(["Cutover", "Rollback", "Rehearsal"])(
  "reopen is refused while a %s is in progress, which is to be cancelled first",
  async (automation) => {
    double.aws.secret = secretAt("source");
    double.aws.listed = [listing(automation, "InProgress")];
    const { exitCode, stderr } = await reopen();
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`A ${automation.toLowerCase()} of lab is in progress: execution ${executionId}`);
    expect(stderr).toContain(`cutover cancel ${executionId} --env lab`);
    expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
  },
);

test("a reopen that failed ends with 1 and says that the source is still fenced", async () => {
  const fenced = "22222222-2222-4333-8444-555555555555";
  double.aws.secret = secretAt("source");
  double.aws.looks = [lookAt("Reopen", "Failed", [{ name: "reopenSource", status: "Failed", on: "source" }])];
  double.aws.executions.set(
    fenced,
    lookAt("Cutover", "Cancelled", [{ name: "fenceSource", status: "Success", on: "source" }]),
  );
  double.aws.listed = [
    listing("Cutover", "Cancelled", { id: fenced, startedAt: 1000 }),
    listing("Reopen", "Failed", { startedAt: 2000 }),
  ];
  const { exitCode, stderr } = await reopen();
  expect(exitCode).toBe(1);
  expect(stderr).toContain("SOURCE IS STILL FENCED by run");
});
