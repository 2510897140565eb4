import { Stack } from "aws-cdk-lib";
import { CfnDocument } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import { commandContent, type CommandDocumentContent, type CommandScript } from "./command-content";
import { commandProblems } from "./graph-check";
import { plainContent } from "./plain-content";
import { rendered } from "./problem";

export interface CommandDocumentProps extends CommandScript {
  /** The document's name, known at synthesis. */
  name: string;
}

/** A Command document that runs one script on one host. Synthesis fails when AWS or the agent would not run it as written. */
export class CommandDocument extends Construct {
  readonly name: string;
  readonly arn: string;
  /** As given: it may hold tokens. */
  readonly content: CommandDocumentContent;

  constructor(scope: Construct, id: string, props: CommandDocumentProps) {
    super(scope, id);
    this.name = props.name;
    this.arn = Stack.of(this).formatArn({ service: "ssm", resource: "document", resourceName: props.name });
    this.content = commandContent(props);
    new CfnDocument(this, "Resource", {
      name: props.name,
      content: this.content,
      documentType: "Command",
      documentFormat: "JSON",
      updateMethod: "NewVersion",
    });
    this.node.addValidation({
      validate: () => commandProblems(this.name, this.plainContent()).map(rendered),
    });
  }

  /** The content with its tokens resolved: what is known only at deployment has a stand-in. */
  plainContent(): CommandDocumentContent {
    return plainContent(Stack.of(this).resolve(this.content));
  }
}
