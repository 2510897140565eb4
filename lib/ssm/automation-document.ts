import { Stack } from "aws-cdk-lib";
import { CfnDocument } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import type { AutomationDocumentContent, DocumentVariable } from "./automation-content";
import type { CommandDocument } from "./command-document";
import { automationProblems } from "./graph-check";
import type { DocumentParameters } from "./parameter";
import { plainContent } from "./plain-content";
import { rendered } from "./problem";
import type { Commands } from "./step-findings";
import { ifSet } from "./steps/common";
import type { AutomationStep } from "./steps/step";

export interface AutomationDocumentProps {
  /** The document's name, known at synthesis. */
  name: string;
  description: string;
  /** ARN of the role that the automation acts as; a token is allowed. */
  assumeRole: string;
  parameters: DocumentParameters;
  variables?: Record<string, DocumentVariable>;
  /** In the order in which they follow one another unless they jump. */
  steps: AutomationStep[];
  /** What an execution shows: `lock.Output`, `variable:NAME`. */
  outputs?: string[];
}

/** An Automation document. Synthesis fails when the graph check refuses it. */
export class AutomationDocument extends Construct {
  readonly name: string;
  /** The ARN that a policy names to allow starting it, at any version. */
  readonly arn: string;
  /** As given: it may hold tokens. */
  readonly content: AutomationDocumentContent;

  constructor(scope: Construct, id: string, props: AutomationDocumentProps) {
    super(scope, id);
    this.name = props.name;
    this.arn = Stack.of(this).formatArn({
      service: "ssm",
      resource: "automation-definition",
      resourceName: `${props.name}:*`,
    });
    this.content = automationContent(props);
    const document = new CfnDocument(this, "Resource", {
      name: props.name,
      content: this.content,
      documentType: "Automation",
      documentFormat: "JSON",
      updateMethod: "NewVersion",
    });
    const commands = commandsOf(props.steps);
    // A run started while a deployment is under way must not find a command of the version before.
    document.node.addDependency(...commands);
    this.node.addValidation({
      validate: () => automationProblems(this.name, this.plainContent(), contents(commands)).map(rendered),
    });
  }

  /** The content with its tokens resolved: what is known only at deployment has a stand-in. */
  plainContent(): AutomationDocumentContent {
    return plainContent(Stack.of(this).resolve(this.content));
  }
}

function automationContent(props: AutomationDocumentProps): AutomationDocumentContent {
  return {
    schemaVersion: "0.3",
    description: props.description,
    assumeRole: props.assumeRole,
    parameters: props.parameters,
    ...ifSet("variables", props.variables),
    mainSteps: props.steps.map((step) => step.content),
    ...ifSet("outputs", props.outputs),
  };
}

function commandsOf(steps: AutomationStep[]): CommandDocument[] {
  return [...new Set(steps.flatMap((step) => step.command ?? []))];
}

function contents(commands: CommandDocument[]): Commands {
  return new Map(commands.map((command) => [command.name, command.plainContent()]));
}
