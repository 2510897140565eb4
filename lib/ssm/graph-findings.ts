import type { Finding } from "./problem";
import type { StepGraph } from "./step-graph";
import { jumpTarget } from "./steps/common";
import type { StepContent } from "./steps/step";

// AWS gives a cancelled run 2 minutes and refuses, after onCancel, what waits for people or time.
const NOT_AFTER_CANCEL: readonly StepContent["action"][] = ["aws:approve", "aws:sleep"];

/** What is wrong with the ways between the steps. */
export function graphFindings(steps: readonly StepContent[], graph: StepGraph): Finding[] {
  return [
    ...missingFindings(steps, graph),
    ...unreachableFindings(graph),
    ...cycleFindings(graph),
    ...cancelFindings(steps, graph),
  ];
}

function missingFindings(steps: readonly StepContent[], graph: StepGraph): Finding[] {
  return graph.danglingJumps().map(({ from, to, property }) => ({
    part: `step ${from}`,
    why: `jumps by ${property} to ${to}, and there is no such step`,
    remedy: `name one of ${steps.map((step) => step.name).join(", ")}.`,
  }));
}

function unreachableFindings(graph: StepGraph): Finding[] {
  return graph.unreachable().map((step) => ({
    part: `step ${step}`,
    why: "can never be reached",
    remedy: "let a step before it lead to it, or leave it out.",
  }));
}

function cycleFindings(graph: StepGraph): Finding[] {
  return graph.cycles().map((cycle) => ({
    part: `step ${cycle[0]}`,
    why: `leads back to itself: ${cycle.join(" -> ")}`,
    remedy: "let one of these steps go elsewhere: an automation cannot repeat a step.",
  }));
}

function cancelFindings(steps: readonly StepContent[], graph: StepGraph): Finding[] {
  return steps.flatMap((step) => {
    const target = jumpTarget(step.onCancel);
    if (target === undefined) return [];
    const cleanup = graph.reachedFrom(target);
    return steps
      .filter(({ name, action }) => cleanup.has(name) && NOT_AFTER_CANCEL.includes(action))
      .map(({ name, action }) => ({
        part: `step ${step.name}`,
        why: `leads by onCancel to ${name}, an ${action} step, which AWS refuses after a cancel`,
        remedy: "let onCancel jump to steps that undo and end within 2 minutes.",
      }));
  });
}
