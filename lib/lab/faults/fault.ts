import type { RunbookStep } from "./runbook-steps";

/** What can go wrong in the lab, by name, and in a few words. */
export const faultKinds = {
  "kill-postgres": "every process of the host's server is SIGKILLed; it is started again 3 s later",
  "kill-host": "the host dies without warning and boots again at once",
  "kill-agent": "the step's process group is SIGKILLed",
  "cut-network": "the host's cable is unplugged for 15 s",
  "fill-disk": "the file system that the step writes to is full until the step has ended",
  cancel: "the operator cancels the automation",
  "keep-disk-full": "the file system that the step writes to is full until the run has ended",
  "same-run-id": "the automation is started a second time with the run's own id",
  "second-start": "the automation is started a second time at once, with an id of its own",
  "rotate-password": "the application's password is rotated, on the source and in its secret",
  "superuser-writes": "a superuser's program writes a row on the fenced source",
  "outlast-window": "the maintenance window is over by the time that the step has ended",
  "slow-network": "the host's cable carries 2 Mbit/s until the step has ended",
} as const;
export type FaultKind = keyof typeof faultKinds;

/** A fault in a step of an automation. */
export interface Fault {
  readonly kind: FaultKind;
  readonly step: RunbookStep;
}

/** A fault as a user asks for it: the step is looked up when the runbook is synthesized. */
export interface FaultRequest {
  readonly kind: FaultKind;
  /** `restore`, or `Rollback.unlock` where both automations have the step. */
  readonly step: string;
}

/** A fault that the lab does not have, or that a step cannot have. */
export class UnknownFault extends Error {
  override readonly name = "UnknownFault";
}

export function parseFault(text: string): FaultRequest {
  const [kind = "", step = "", ...rest] = text.split("@");
  if (!isKind(kind)) {
    throw new UnknownFault(
      `"${kind}" is no fault of the lab. There are ${Object.keys(faultKinds).join(", ")}; write KIND@STEP, such as kill-host@restore.`,
    );
  }
  if (step !== "" && rest.length === 0) return { kind, step };
  throw new UnknownFault(`"${text}" names no step: write KIND@STEP, such as ${kind}@restore.`);
}

/** Finds the step; where Cutover and Rollback both have it, Cutover's is meant unless it is said. */
export function resolveFault({ kind, step: wanted }: FaultRequest, steps: readonly RunbookStep[]): Fault {
  const step = steps.find((each) => wanted === each.name || wanted === qualifiedName(each));
  if (step === undefined) {
    throw new UnknownFault(
      `"${wanted}" is no step of Cutover or Rollback in this environment. ${listed(steps)}`,
    );
  }
  const reason = whyImpossible(kind, step);
  if (reason === undefined) return { kind, step };
  throw new UnknownFault(`${kind} cannot strike in ${qualifiedName(step)}: ${reason}.`);
}

export function qualifiedName({ automation, name }: Pick<RunbookStep, "automation" | "name">): string {
  return `${automation}.${name}`;
}

export function faultName({ kind, step }: Fault): string {
  return `${kind}@${qualifiedName(step)}`;
}

function whyImpossible(kind: FaultKind, { action, host }: RunbookStep): string | undefined {
  if (action === "aws:branch") return "it is decided in an instant by Systems Manager itself";
  if (host === null && kind !== "cancel") return "it runs on no host; only cancel means something there";
  return undefined;
}

function listed(steps: readonly RunbookStep[]): string {
  const ofAutomation = (automation: RunbookStep["automation"]) =>
    steps
      .filter((step) => step.automation === automation && step.action !== "aws:branch")
      .map(({ name }) => name)
      .join(", ");
  return `Cutover: ${ofAutomation("Cutover")}. Rollback: ${ofAutomation("Rollback")}.`;
}

function isKind(text: string): text is FaultKind {
  return Object.hasOwn(faultKinds, text);
}
