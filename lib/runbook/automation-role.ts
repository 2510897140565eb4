import { Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { parameterName, TARGET_TAG } from "../config/derived";
import type { Environment } from "../config/environment";
import type { CommandDocument } from "../ssm/command-document";
import type { Owner } from "./step-document";

/** The role that a stack's automations act as. What they may do is added once their steps are known. */
export function automationRole(scope: Construct, environment: Environment, owner: Owner): Role {
  const stack = Stack.of(scope);
  return new Role(scope, "AutomationRole", {
    roleName: `timescale-cutover-${environment.name}-${owner}-automation`,
    description: `Runs the steps of the ${owner} stack's automations`,
    assumedBy: new ServicePrincipal("ssm.amazonaws.com", {
      // Only on behalf of this account's automations (the confused deputy).
      conditions: {
        StringEquals: { "aws:SourceAccount": stack.account },
        ArnLike: {
          "aws:SourceArn": stack.formatArn({
            service: "ssm",
            resource: "automation-execution",
            resourceName: "*",
          }),
        },
      },
    }),
  });
}

/** Lets the role find the target, run these steps on it, and see how they went. */
export function letRunSteps(role: Role, environment: Environment, steps: readonly CommandDocument[]): void {
  const stack = Stack.of(role);
  const allow = (sid: string, actions: string[], resources: string[], conditions = {}) =>
    role.addToPolicy(new PolicyStatement({ sid, actions, resources, conditions }));
  allow(
    "FindTheTarget",
    ["ssm:GetParameter"],
    [parameterArn(stack, parameterName(environment, "instance-id"))],
  );
  allow(
    "RunTheSteps",
    ["ssm:SendCommand"],
    steps.map((step) => step.arn),
  );
  allow("OnTheTargetWhicheverInstanceItIs", ["ssm:SendCommand"], [instanceArn(stack, "*")], {
    StringEquals: { [`ssm:resourceTag/${TARGET_TAG}`]: environment.name },
  });
  allow("SeeHowTheyWent", looks, ["*"]);
  const acknowledge = (resource: string, reason: string) =>
    Validations.of(role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`,
      reason,
    });
  const { account, region } = environment.aws;
  acknowledge(
    `arn:<AWS::Partition>:ec2:${region}:${account}:instance/*`,
    "The condition names the target by its tag: a replaced instance has another id.",
  );
  acknowledge(
    "*",
    "Of commands and instances SSM lets these five actions name none: they read, or cancel what was sent.",
  );
}

/** Lets the role run its steps on a managed source too. */
export function letRunOnSource(role: Role, { source }: Environment): void {
  if (source.kind !== "managed") return;
  role.addToPolicy(
    new PolicyStatement({
      sid: "OnTheSource",
      actions: ["ssm:SendCommand"],
      resources: [instanceArn(Stack.of(role), source.instanceId)],
    }),
  );
}

const looks = [
  "ssm:CancelCommand",
  "ssm:DescribeInstanceInformation",
  "ssm:GetCommandInvocation",
  "ssm:ListCommandInvocations",
  "ssm:ListCommands",
];

/** A parameter's name begins with the slash that its ARN has before it. */
function parameterArn(stack: Stack, name: string): string {
  return stack.formatArn({ service: "ssm", resource: "parameter", resourceName: name.slice(1) });
}

/** An instance of EC2 (i-...), or one that another cloud registered with SSM (mi-...). */
function instanceArn(stack: Stack, id: string): string {
  return id.startsWith("mi-")
    ? stack.formatArn({ service: "ssm", resource: "managed-instance", resourceName: id })
    : stack.formatArn({ service: "ec2", resource: "instance", resourceName: id });
}
