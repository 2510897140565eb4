import { executionId } from "./support/aws-double";
import { cutover, withAwsDouble } from "./support/command-line";
import { approver } from "./support/environment";
import { lookAt, runId, secretAt } from "./support/run";

const double = withAwsDouble();

const waiting = () =>
  lookAt("Cutover", "Waiting", [{ name: "approve", status: "Waiting", asks: "Shall we?" }]);
const goingOn = () =>
  lookAt("Cutover", "InProgress", [
    { name: "approve", status: "Success", asks: "Shall we?" },
    { name: "fenceSource", status: "InProgress", on: "source" },
  ]);

function approve(...more: string[]): ReturnType<typeof cutover> {
  return cutover("approve", executionId, "--env", "lab", ...more);
}

test("an approval is sent to the run that waits for it, with its comment, and how to follow is said", async () => {
  double.aws.looks = [waiting()];
  const { exitCode, stdout } = await approve("--comment", "as agreed");
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`Run ${runId} was approved.\nFollow it: cutover follow ${executionId} --env lab\n`);
  expect(double.aws.askedFor("SendAutomationSignal")).toEqual([
    { AutomationExecutionId: executionId, SignalType: "Approve", Payload: { Comment: ["as agreed"] } },
  ]);
});

test("--reject rejects", async () => {
  double.aws.looks = [waiting()];
  const { exitCode, stdout } = await approve("--reject", "--json");
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ runId, executionId, decision: "Reject" });
  expect(double.aws.askedFor("SendAutomationSignal")).toEqual([
    { AutomationExecutionId: executionId, SignalType: "Reject" },
  ]);
});

test.each([
  ["goes on already", goingOn],
  [
    "has ended",
    () => lookAt("Cutover", "TimedOut", [{ name: "approve", status: "TimedOut", asks: "Shall we?" }]),
  ],
])("a run that %s waits for no approval: that ends with 3, and nothing is sent", async (_, state) => {
  double.aws.looks = [state()];
  const { exitCode, stderr } = await approve();
  expect(exitCode).toBe(3);
  expect(stderr).toContain(`Run ${runId} (execution ${executionId}, `);
  expect(stderr).toContain("waits for no approval");
  expect(double.aws.askedFor("SendAutomationSignal")).toEqual([]);
});

test("one who is no approver is refused by AWS: that ends with 3, in AWS's words and with the approvers", async () => {
  double.aws.looks = [waiting()];
  double.aws.fail("SendAutomationSignal", {
    status: 400,
    type: "InvalidAutomationSignalException",
    message: "you are not among the approvers",
  });
  const { exitCode, stderr } = await approve();
  expect(exitCode).toBe(3);
  expect(stderr).toContain("AWS refused the approval: InvalidAutomationSignalException: you are not among");
  expect(stderr).toContain(`The run waits on. Approvers are: ${approver}. Use credentials of one of them.`);
});

test("an approval whose answer is lost, and whose repetition AWS refuses since it was taken, is done", async () => {
  double.aws.looks = [waiting(), goingOn()];
  double.aws.fail("SendAutomationSignal", "answer-lost", {
    status: 400,
    type: "InvalidAutomationSignalException",
  });
  const { exitCode, stdout } = await approve();
  expect(exitCode).toBe(0);
  expect(stdout).toContain("was approved");
});

test("an execution that AWS does not know, or of another environment, is bad input", async () => {
  double.aws.fail("GetAutomationExecution", { status: 400, type: "AutomationExecutionNotFoundException" });
  expect((await approve()).exitCode).toBe(2);
  double.aws.looks = [{ ...waiting(), DocumentName: "timescale-cutover-prod-Cutover" }];
  const { exitCode, stderr } = await approve();
  expect(exitCode).toBe(2);
  expect(stderr).toContain("no run of lab");
  expect(double.aws.askedFor("SendAutomationSignal")).toEqual([]);
});

test.each([
  ["Rejected", "Approval was rejected by LABOPERATOR: not tonight"],
  ["TimedOut", "Step timed out while it was waiting."],
])("a run whose approval ended as %s failed, and AWS's reason is told", async (status, failureMessage) => {
  double.aws.secret = secretAt("source");
  double.aws.looks = [
    lookAt("Cutover", status, [{ name: "approve", status, asks: "Shall we?", failureMessage }]),
  ];
  const { exitCode, stdout, stderr } = await cutover("follow", executionId, "--env", "lab");
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`Step approve: ${status}\n  ${failureMessage}\n`);
  expect(stderr).toContain("The source is not fenced.");
  expect(stdout).toContain("The truth is the source.");
});
