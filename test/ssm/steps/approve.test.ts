import { approve, type ApproveOptions } from "../../../lib/ssm/steps/approve";
import { knownAtDeployment, refusalsOfSteps } from "../sample";

const GO: ApproveOptions = {
  name: "approval",
  approvers: ["arn:aws:iam::123456789012:role/operator"],
  message: "The outage begins now.",
  timeoutSeconds: 3600,
};

function refusals(changes: Partial<ApproveOptions>): string[] {
  return refusalsOfSteps(approve({ ...GO, ...changes }).content);
}

test("an approval is written with one approver required unless it says otherwise", () => {
  expect(approve({ ...GO, onFailure: { step: "reopen" } }).content).toEqual({
    name: "approval",
    action: "aws:approve",
    timeoutSeconds: 3600,
    onFailure: "step:reopen",
    inputs: { Approvers: GO.approvers, MinRequiredApprovals: 1, Message: "The outage begins now." },
  });
  expect(refusals({})).toEqual([]);
});

test("an approval by nobody, or by more than 10, is refused", () => {
  expect(refusals({ approvers: [] })).toEqual(["step approval has 0 approvers"]);
  expect(refusals({ approvers: Array<string>(10).fill("me") })).toEqual([]);
  expect(refusals({ approvers: Array<string>(11).fill("me") })).toEqual(["step approval has 11 approvers"]);
});

test.each([0, 2, 1.5])("%d approvals of 1 approver are refused", (minRequiredApprovals) => {
  expect(refusals({ minRequiredApprovals })).toEqual([
    `step approval wants ${minRequiredApprovals} approvals of 1 approvers`,
  ]);
});

test("an approval that waits for more than 30 days is refused", () => {
  expect(refusals({ timeoutSeconds: 2_592_000 })).toEqual([]);
  expect(refusals({ timeoutSeconds: 2_592_001 })).toEqual([
    "step approval waits 2592001 seconds for approval, and AWS waits at most 30 days",
  ]);
});

test("a message of more than 4096 characters is refused", () => {
  expect(refusals({ message: "x".repeat(4097) })).toEqual(["step approval has a message of 4097 characters"]);
});

test("a topic whose name does not begin with Automation is refused", () => {
  expect(refusals({ notificationArn: "arn:aws:sns:eu-west-2:123456789012:AutomationCutover" })).toEqual([]);
  expect(refusals({ notificationArn: "arn:aws:sns:eu-west-2:123456789012:cutover" })).toEqual([
    "step approval notifies arn:aws:sns:eu-west-2:123456789012:cutover, a topic that Automation may not publish to",
  ]);
});

test("approvers and a topic that only CloudFormation knows are not judged", () => {
  const step = approve({ ...GO, notificationArn: knownAtDeployment() }).content;
  expect(refusalsOfSteps(step)).toEqual([]);
  const inputs = { ...step.inputs, Approvers: knownAtDeployment() };
  expect(refusalsOfSteps({ ...step, inputs } as never)).toEqual([]);
});
