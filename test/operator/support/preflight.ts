import { checksOf } from "../../../lib/checks/catalogue";
import { checkSteps, type CheckStep } from "../../../lib/checks/check";
import type { AwsDouble } from "./aws-double";
import { labEnvironment } from "./environment";
import { lookAt } from "./run";

const environment = labEnvironment();

/** Every check of the lab's environment, in the catalogue's order. */
export const allChecks = checkSteps.flatMap((step) => checksOf(environment, step));

type Check = Record<string, unknown>;
type Steps = Parameters<typeof lookAt>[2];

/** What a step prints at its end, with what each check told: a pass unless it is said otherwise. */
export function printed(
  step: CheckStep,
  changes: Record<string, Check | undefined> = {},
  more: Check[] = [],
): string {
  const checks = checksOf(environment, step).flatMap(({ id }): Check[] => {
    if (id in changes && changes[id] === undefined) return [];
    return [{ id, verdict: "pass", finding: `${id} is well.`, ...changes[id] }];
  });
  const all = [...checks, ...more];
  const failed = all.some(({ verdict }) => verdict === "fail");
  const verdict = {
    status: "failed",
    code: "checks-failed",
    message: "Preflight found …",
    remedy: "See them all …",
  };
  return `a line of a log\n${JSON.stringify({ step, ...(failed ? verdict : { status: "succeeded" }), checks: all })}\n`;
}

const hosts: Partial<Record<CheckStep, "source">> = { "check-source": "source", "check-database": "source" };
const nameOf = (step: CheckStep) => step.replace(/-(.)/, (_, letter: string) => letter.toUpperCase());

/** A preflight that has ended; what each step printed, in the catalogue's order, unless it is said otherwise. */
export function arrangePreflight(
  aws: AwsDouble,
  outputs: Partial<Record<CheckStep, string>> = {},
  statuses: Partial<Record<CheckStep | "inspectSource", string>> = {},
): void {
  const steps: Steps = checkSteps.map((step) => ({
    name: nameOf(step),
    status: statuses[step] ?? ((outputs[step] ?? "").includes('"fail"') ? "Failed" : "Success"),
    on: hosts[step] ?? "target",
  }));
  const { inspectSource = "Success" } = statuses;
  const all: Steps = [{ name: "inspectSource", status: inspectSource, on: "source" }, ...steps];
  const ended = all.every(({ status }) => status === "Success") ? "Success" : "Failed";
  aws.looks = [
    lookAt("Preflight", "InProgress", [{ name: "inspectSource", status: "InProgress", on: "source" }]),
    lookAt("Preflight", ended, all),
  ];
  for (const step of checkSteps) {
    aws.printed.set(`command-of-${nameOf(step)}`, outputs[step] ?? printed(step));
  }
}
