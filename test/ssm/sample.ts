import type { AutomationDocumentContent } from "../../lib/ssm/automation-content";
import {
  commandContent,
  type CommandDocumentContent,
  type CommandScript,
} from "../../lib/ssm/command-content";
import { automationProblems, commandProblems } from "../../lib/ssm/graph-check";
import { plainContent } from "../../lib/ssm/plain-content";
import type { Problem } from "../../lib/ssm/problem";
import type { RunCommandContent } from "../../lib/ssm/steps/run-command";
import type { StepContent } from "../../lib/ssm/steps/step";

export const RUN_ID = { type: "String", description: "The run.", allowedPattern: "^r[0-9]{8}$" } as const;

/** A Command document that nothing is wrong with, but for what the test changes. */
export function sampleCommand(changes: Partial<CommandScript> = {}): CommandDocumentContent {
  return commandContent({
    description: "Dumps the database.",
    parameters: { RunId: RUN_ID },
    script: '#!/bin/bash\necho "$SSM_RunId"',
    timeoutSeconds: 600,
    ...changes,
  });
}

/** A step that runs the sample command, but for what the test changes. */
export function sampleStep(name: string, changes: Partial<RunCommandContent> = {}): RunCommandContent {
  return {
    name,
    action: "aws:runCommand",
    timeoutSeconds: 720,
    ...changes,
    inputs: {
      DocumentName: "timescale-cutover-test-Dump",
      InstanceIds: ["i-0123456789abcdef0"],
      Parameters: { RunId: ["{{ RunId }}"] },
      TimeoutSeconds: 120,
      ...changes.inputs,
    },
  };
}

/** An Automation document of these steps that nothing else is wrong with. */
export function sampleAutomation(
  steps: StepContent[],
  changes: Partial<AutomationDocumentContent> = {},
): AutomationDocumentContent {
  return {
    schemaVersion: "0.3",
    description: "Rehearses.",
    assumeRole: "arn:aws:iam::123456789012:role/rehearsal",
    parameters: { RunId: RUN_ID },
    mainSteps: steps,
    ...changes,
  };
}

/** What the checks see of a value that only CloudFormation knows. */
export function knownAtDeployment(): string {
  return String(plainContent<unknown>({ Ref: "Something" }));
}

/** What the check says of a Command document: "part why". */
export function refusalsOfCommand(content: CommandDocumentContent): string[] {
  return commandProblems("timescale-cutover-test-Dump", content).map(sentence);
}

/** What the check says of an Automation document that runs the sample command: "part why". */
export function refusalsOf(content: AutomationDocumentContent, command = sampleCommand()): string[] {
  const commands = new Map([["timescale-cutover-test-Dump", command]]);
  return automationProblems("timescale-cutover-test-Rehearsal", content, commands).map(sentence);
}

/** The same of these steps in an otherwise faultless document. */
export function refusalsOfSteps(...steps: StepContent[]): string[] {
  return refusalsOf(sampleAutomation(steps));
}

function sentence({ part, why }: Problem): string {
  return part === undefined ? why : `${part} ${why}`;
}
