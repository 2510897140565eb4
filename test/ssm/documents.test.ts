import { App, Fn, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { CfnDocument } from "aws-cdk-lib/aws-ssm";
import { AutomationDocument, type AutomationDocumentProps } from "../../lib/ssm/automation-document";
import { CommandDocument, type CommandDocumentProps } from "../../lib/ssm/command-document";
import { outputReference, parameterReference } from "../../lib/ssm/reference";
import { runCommand } from "../../lib/ssm/steps/run-command";
import { RUN_ID } from "./sample";

function stackOf(): Stack {
  return new Stack(new App(), "Runbook", { env: { account: "123456789012", region: "eu-west-2" } });
}

function dumpOf(stack: Stack, changes: Partial<CommandDocumentProps> = {}): CommandDocument {
  return new CommandDocument(stack, "Dump", {
    name: "timescale-cutover-test-Dump",
    description: "Dumps the database.",
    parameters: { RunId: RUN_ID },
    script: `#!/bin/bash\naws s3 cp dump s3://${Fn.importValue("RelayBucket")}/`,
    timeoutSeconds: 600,
    ...changes,
  });
}

function rehearsalOf(stack: Stack, changes: Partial<AutomationDocumentProps>): AutomationDocument {
  return new AutomationDocument(stack, "Rehearsal", {
    name: "timescale-cutover-test-Rehearsal",
    description: "Rehearses.",
    assumeRole: Fn.importValue("RoleArn"),
    parameters: { RunId: RUN_ID },
    steps: [],
    ...changes,
  });
}

const ON_SOURCE = { instanceId: "i-0123456789abcdef0", parameters: { RunId: parameterReference("RunId") } };

test("documents are written as plain CfnDocuments of JSON whose changes make a new version", () => {
  const stack = stackOf();
  const document = dumpOf(stack);
  const dump = runCommand({
    ...ON_SOURCE,
    name: "dump",
    document,
    onFailure: { step: "report" },
    onCancel: "Abort",
    isCritical: true,
    maxAttempts: 2,
    logGroup: "/timescale-cutover/test",
  });
  const report = runCommand({
    ...ON_SOURCE,
    name: "report",
    document,
    isEnd: true,
    deliveryTimeoutSeconds: 30,
  });
  rehearsalOf(stack, { steps: [dump, report], outputs: ["dump.Output"] });

  const template = Template.fromStack(stack);
  template.hasResourceProperties("AWS::SSM::Document", {
    Name: "timescale-cutover-test-Dump",
    DocumentType: "Command",
    DocumentFormat: "JSON",
    UpdateMethod: "NewVersion",
    Content: {
      schemaVersion: "2.2",
      mainSteps: [
        {
          inputs: {
            timeoutSeconds: "600",
            runCommand: [
              "#!/bin/bash",
              { "Fn::Join": ["", ["aws s3 cp dump s3://", { "Fn::ImportValue": "RelayBucket" }, "/"]] },
            ],
          },
        },
      ],
    },
  });
  template.hasResource("AWS::SSM::Document", {
    DependsOn: [stack.getLogicalId(document.node.defaultChild as CfnDocument)],
    Properties: {
      Name: "timescale-cutover-test-Rehearsal",
      DocumentType: "Automation",
      DocumentFormat: "JSON",
      UpdateMethod: "NewVersion",
      Content: {
        schemaVersion: "0.3",
        description: "Rehearses.",
        assumeRole: { "Fn::ImportValue": "RoleArn" },
        parameters: { RunId: RUN_ID },
        mainSteps: [
          {
            name: "dump",
            action: "aws:runCommand",
            timeoutSeconds: 780,
            maxAttempts: 2,
            onFailure: "step:report",
            onCancel: "Abort",
            isCritical: true,
            inputs: {
              DocumentName: "timescale-cutover-test-Dump",
              InstanceIds: ["i-0123456789abcdef0"],
              Parameters: { RunId: ["{{ RunId }}"] },
              TimeoutSeconds: 120,
              CloudWatchOutputConfig: {
                CloudWatchOutputEnabled: true,
                CloudWatchLogGroupName: "/timescale-cutover/test",
              },
            },
          },
          {
            name: "report",
            action: "aws:runCommand",
            timeoutSeconds: 690,
            isEnd: true,
            inputs: {
              DocumentName: "timescale-cutover-test-Dump",
              InstanceIds: ["i-0123456789abcdef0"],
              Parameters: { RunId: ["{{ RunId }}"] },
              TimeoutSeconds: 30,
            },
          },
        ],
        outputs: ["dump.Output"],
      },
    },
  });
});

test("synthesis fails with every problem of every document", () => {
  const stack = stackOf();
  const document = dumpOf(stack, { script: "true", timeoutSeconds: 1 });
  const dump = runCommand({
    ...ON_SOURCE,
    name: "dump",
    document,
    parameters: { Database: outputReference("lock", "Output") },
    nextStep: "restore",
  });
  rehearsalOf(stack, { steps: [dump] });

  expect(() => (stack.node.root as App).synth()).toThrow(
    [
      "Validation failed with the following errors:",
      "  [Runbook/Dump] timescale-cutover-test-Dump: has a timeoutSeconds of 1, for which the agent silently takes 3600. Remedy: use a whole number from 5 to 172800.",
      '  [Runbook/Dump] timescale-cutover-test-Dump: script begins with "true", so that the agent runs it with another shell than bash. Remedy: make #!/bin/bash its first line.',
      "  [Runbook/Rehearsal] timescale-cutover-test-Rehearsal: step dump passes Database, which timescale-cutover-test-Dump does not declare. Remedy: pass only RunId.",
      "  [Runbook/Rehearsal] timescale-cutover-test-Rehearsal: step dump does not pass RunId, which timescale-cutover-test-Dump requires. Remedy: pass it, or give it a default in the document.",
      "  [Runbook/Rehearsal] timescale-cutover-test-Rehearsal: step dump jumps by nextStep to restore, and there is no such step. Remedy: name one of dump.",
      "  [Runbook/Rehearsal] timescale-cutover-test-Rehearsal: step dump uses {{ lock.Output }}, which nothing defines. Remedy: name a parameter, variable:NAME, STEP.OUTPUT or a variable of Automation.",
    ].join("\n"),
  );
});

test("a document is measured with its tokens resolved", () => {
  const stack = stackOf();
  const bucket = Fn.importValue("RelayBucket");
  const lines = Array.from({ length: 600 }, () => `echo ${bucket}`);
  const document = dumpOf(stack, { script: ["#!/bin/bash", ...lines].join("\n") });
  expect(Buffer.byteLength(JSON.stringify(document.content))).toBeLessThan(65_536);
  expect(() => (stack.node.root as App).synth()).toThrow(
    /has \d+ bytes of JSON, and SSM takes at most 65536/,
  );
});

test("a document has the ARN that policies name", () => {
  const stack = stackOf();
  const arn = (resource: string) => ({
    "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, `:ssm:eu-west-2:123456789012:${resource}`]],
  });
  expect(stack.resolve(dumpOf(stack).arn)).toEqual(arn("document/timescale-cutover-test-Dump"));
  expect(stack.resolve(rehearsalOf(stack, {}).arn)).toEqual(
    arn("automation-definition/timescale-cutover-test-Rehearsal:*"),
  );
});
