import { ServiceError } from "../errors";
import { type Action, ActionFailure, type Decision, aborted, noOutputs, unknownInputs } from "./action";

const SEVEN_DAYS = 604_800;
const THIRTY_DAYS = 2_592_000;

export const approve: Action = {
  name: "aws:approve",
  defaultTimeoutSeconds: SEVEN_DAYS,
  longestSeconds: THIRTY_DAYS,
  timeoutStopsAutomation: true,
  mayFollowCancel: false,
  jumps: () => [],
  problems: (step) => [
    ...unknownInputs(step, ["Approvers", "MinRequiredApprovals", "Message", "NotificationArn"]),
    ...noOutputs(step),
    ...(Array.isArray(step.inputs["Approvers"]) || typeof step.inputs["Approvers"] === "string"
      ? []
      : ["Approvers is missing"]),
    ...((step.timeoutSeconds ?? 0) > THIRTY_DAYS ? [`timeoutSeconds over ${THIRTY_DAYS}`] : []),
  ],
  async run(context) {
    const required = Number(context.inputs["MinRequiredApprovals"] ?? 1);
    const approvers = [context.inputs["Approvers"]].flat().map(String);
    const decisions: Decision[] = [];
    const publish = (status: string): void =>
      context.setOutputs({ ApprovalStatus: status, ApproverDecisions: decisions.map(described) });
    publish("Waiting");
    const rejected = await new Promise<Decision | undefined>((resolve) => {
      context.awaitDecisions((decision) => {
        refuseStranger(decision, approvers);
        decisions.push(decision);
        publish("Waiting");
        if (decision.decision === "Reject") resolve(decision);
        else if (new Set(decisions.map((each) => each.approver)).size >= required) resolve(undefined);
      });
      void aborted(context.signal).then(() => resolve(undefined));
    });
    if (context.signal.aborted) return {};
    publish(rejected === undefined ? "Approved" : "Rejected");
    if (rejected !== undefined) {
      throw new ActionFailure(
        `Approval was rejected by ${rejected.approver}: ${rejected.comment}`,
        "Invocation",
      );
    }
    return {};
  },
};

/** Approvers are ARNs, or the plain names of IAM users. The caller hears of it; the step goes on waiting. */
function refuseStranger({ approver, decision }: Decision, approvers: readonly string[]): void {
  const name = approver.replace(/^.*\//, "");
  if (approvers.includes(approver) || approvers.includes(name)) return;
  throw new ServiceError(
    "InvalidAutomationSignalException",
    `${approver} is not among the approvers ${approvers.join(", ")}: the signal ${decision} is not taken.`,
  );
}

function described(decision: Decision): Record<string, unknown> {
  return { Approver: decision.approver, Decision: decision.decision, Comment: decision.comment };
}
