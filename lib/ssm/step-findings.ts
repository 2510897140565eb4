import type { CommandDocumentContent } from "./command-content";
import type { Finding } from "./problem";
import { approveFindings } from "./steps/approve";
import { branchFindings } from "./steps/branch";
import { jumpTarget } from "./steps/common";
import { executeAwsApiFindings } from "./steps/execute-aws-api";
import { runCommandFindings } from "./steps/run-command-check";
import { sleepFindings } from "./steps/sleep";
import type { StepContent } from "./steps/step";

/** The contents of the command documents that an automation runs, by name. */
export type Commands = ReadonlyMap<string, CommandDocumentContent>;

// AWS's own editor takes only \w in `step:NAME`, and `{{ NAME.Output }}` cannot hold more.
const NAME = /^[A-Za-z]\w{0,127}$/;

/** What is wrong with the steps, each by itself and their names together. */
export function stepFindings(steps: readonly StepContent[], commands: Commands): Finding[] {
  if (steps.length === 0) return [{ why: "has no step", remedy: "give it one." }];
  return steps.flatMap((step, index) =>
    [
      ...nameFindings(step, steps.slice(0, index)),
      ...endFindings(step),
      ...consequenceFindings(step),
      ...countFindings(step),
      ...actionFindings(step, commands),
    ].map((finding) => ({ part: `step ${step.name}`, ...finding })),
  );
}

function nameFindings({ name }: StepContent, before: readonly StepContent[]): Finding[] {
  if (!NAME.test(name)) {
    return [
      {
        why: "is not named as Automation wants it",
        remedy: "use 1 to 128 letters, digits and _, a letter first.",
      },
    ];
  }
  if (before.some((step) => step.name === name)) {
    return [{ why: "has the name of a step before it", remedy: "give each step a name of its own." }];
  }
  return [];
}

function endFindings({ isEnd, onFailure, nextStep }: StepContent): Finding[] {
  if (isEnd !== true) return [];
  const findings: Finding[] = [];
  const target = jumpTarget(onFailure);
  if (target !== undefined) {
    findings.push({
      why: `has isEnd and jumps to ${target} on failure: isEnd ends the run either way`,
      remedy: "leave one of the two out.",
    });
  }
  if (nextStep !== undefined) {
    findings.push({
      why: `has isEnd and goes on to ${nextStep}: isEnd ends the run`,
      remedy: "leave one of the two out.",
    });
  }
  return findings;
}

function consequenceFindings({ onFailure, onCancel }: StepContent): Finding[] {
  const findings: Finding[] = [];
  if (onFailure !== undefined && !isOneOf(["Abort", "Continue"], onFailure)) {
    findings.push({
      why: `has the onFailure ${JSON.stringify(onFailure)}`,
      remedy: "use Abort, Continue or a jump to a step.",
    });
  }
  if (onCancel !== undefined && !isOneOf(["Abort"], onCancel)) {
    findings.push({
      why: `has the onCancel ${JSON.stringify(onCancel)}`,
      remedy: "use Abort or a jump to a step: a cancelled run does not continue.",
    });
  }
  return findings;
}

function isOneOf(words: string[], action: string): boolean {
  return words.includes(action) || jumpTarget(action) !== undefined;
}

function countFindings({ timeoutSeconds, maxAttempts }: StepContent): Finding[] {
  return Object.entries({ timeoutSeconds, maxAttempts })
    .filter(([, count]) => count !== undefined && !(Number.isInteger(count) && count >= 1))
    .map(([key, count]) => ({ why: `has a ${key} of ${count}`, remedy: "use a whole number from 1." }));
}

function actionFindings(step: StepContent, commands: Commands): Finding[] {
  switch (step.action) {
    case "aws:runCommand":
      return runCommandFindings(step, commands.get(step.inputs.DocumentName));
    case "aws:approve":
      return approveFindings(step);
    case "aws:branch":
      return branchFindings(step);
    case "aws:executeAwsApi":
      return executeAwsApiFindings(step);
    case "aws:sleep":
      return sleepFindings(step);
  }
}
