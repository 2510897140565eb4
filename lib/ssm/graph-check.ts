import type { AutomationDocumentContent } from "./automation-content";
import { commandFindings } from "./command-check";
import type { CommandDocumentContent } from "./command-content";
import { documentNameFindings } from "./document-name";
import { graphFindings } from "./graph-findings";
import { parameterFindings } from "./parameter";
import { isKnownAtDeployment, sizeFindings } from "./plain-content";
import { DocumentError, type Finding, type Problem } from "./problem";
import { referenceFindings } from "./reference-findings";
import { stepFindings, type Commands } from "./step-findings";
import { StepGraph } from "./step-graph";

const ROLE = /^(arn:[^:]+:iam::\d{12}:role\/.+|\{\{[^{}]+\}\})$/;

/**
 * Refuses an Automation document that AWS would refuse, or would run otherwise than it reads.
 * `content` is without tokens, and `commands` holds the documents whose parameters are checked.
 * @throws DocumentError with every problem.
 */
export function checkAutomation(name: string, content: AutomationDocumentContent, commands?: Commands): void {
  refuse(automationProblems(name, content, commands));
}

/**
 * Refuses a Command document that AWS would refuse, or whose script would run otherwise than it reads.
 * `content` is without tokens.
 * @throws DocumentError with every problem.
 */
export function checkCommand(name: string, content: CommandDocumentContent): void {
  refuse(commandProblems(name, content));
}

/** What `checkAutomation` finds, without throwing. */
export function automationProblems(
  name: string,
  content: AutomationDocumentContent,
  commands: Commands = new Map(),
): Problem[] {
  const graph = new StepGraph(content.mainSteps);
  return problems(name, [
    ...documentNameFindings(name),
    ...roleFindings(content.assumeRole),
    ...parameterFindings(content.parameters),
    ...stepFindings(content.mainSteps, commands),
    ...graphFindings(content.mainSteps, graph),
    ...referenceFindings(content, graph),
    ...sizeFindings(content),
  ]);
}

/** What `checkCommand` finds, without throwing. */
export function commandProblems(name: string, content: CommandDocumentContent): Problem[] {
  return problems(name, [...documentNameFindings(name), ...commandFindings(content)]);
}

function roleFindings(assumeRole: string): Finding[] {
  if (isKnownAtDeployment(assumeRole) || ROLE.test(assumeRole)) return [];
  return [
    {
      part: "assumeRole",
      why: `is ${JSON.stringify(assumeRole)}, which is no role`,
      remedy: "give the ARN of an IAM role: without one the automation acts as whoever starts it.",
    },
  ];
}

function problems(document: string, findings: Finding[]): Problem[] {
  return findings.map((finding) => ({ document, ...finding }));
}

function refuse(found: Problem[]): void {
  if (found.length > 0) throw new DocumentError(found);
}
