import { Stack, Validations } from "aws-cdk-lib";
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { documentName, relayBucketName, targetRoleName } from "../config/derived";
import type { Environment } from "../config/environment";
import type { CommandDocument } from "../ssm/command-document";
import { acknowledgeRestart, acknowledgeTargetApplication, restartStatements } from "./application-policy";
import { dumpHostId } from "./connections";
import { acknowledgePreflight, preflightStatements } from "./preflight-statements";
import { type Relay, RUNS_PREFIX, WRITES_PREFIX } from "./relay";
import { targetStatements } from "./target-statements";

/** The role that the automations act as: it may run this environment's steps on its two hosts, and see how they went. */
export function automationRole(scope: Construct, environment: Environment): Role {
  const stack = Stack.of(scope);
  return new Role(scope, "AutomationRole", {
    roleName: `timescale-cutover-${environment.name}-automation`,
    description: "Runs the steps of timescale-cutover on the dump host and the target",
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

/** What the automations need, once their steps are known. */
export function letAutomationRun(role: Role, environment: Environment, steps: CommandDocument[]): void {
  const stack = Stack.of(role);
  const instances = [...new Set([dumpHostId(environment), environment.target.instanceId])];
  role.addToPolicy(
    new PolicyStatement({
      sid: "RunTheStepsOnTheTwoHosts",
      effect: Effect.ALLOW,
      actions: ["ssm:SendCommand"],
      resources: [...steps.map((step) => step.arn), ...instances.map((id) => instanceArn(stack, id))],
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      sid: "SeeHowTheyWent",
      effect: Effect.ALLOW,
      // These actions know no resource to name.
      actions: [
        "ssm:CancelCommand",
        "ssm:DescribeInstanceInformation",
        "ssm:GetCommandInvocation",
        "ssm:ListCommandInvocations",
        "ssm:ListCommands",
      ],
      resources: ["*"],
    }),
  );
  for (const statement of restartStatements(environment, stack)) role.addToPolicy(statement);
  acknowledgeRestart(role, environment);
  Validations.of(role).acknowledge({
    id: "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
    reason:
      "Of commands and instances SSM lets these five actions name none: they read, or cancel what was sent.",
  });
}

/** An instance of EC2 (i-...), or one that another cloud registered with SSM (mi-...). */
function instanceArn(stack: Stack, id: string): string {
  return id.startsWith("mi-")
    ? stack.formatArn({ service: "ssm", resource: "managed-instance", resourceName: id })
    : stack.formatArn({ service: "ec2", resource: "instance", resourceName: id });
}

/** What a run adds to the target's instance role for as long as the runbook stands. */
export function targetPolicy(scope: Construct, environment: Environment, relay: Relay): ManagedPolicy {
  const stack = Stack.of(scope);
  const policy = new ManagedPolicy(scope, "TargetPolicy", {
    managedPolicyName: documentName(environment, "target-runbook"),
    description: "What the runbook's steps need on the target",
    roles: [Role.fromRoleName(scope, "TargetRole", targetRoleName(environment))],
    statements: [
      ...targetStatements(environment, stack, relay.key.keyArn),
      ...preflightStatements(environment, stack),
    ],
  });
  acknowledgeWildcards(policy, environment);
  acknowledgeTargetApplication(policy, environment);
  acknowledgePreflight(policy);
  return policy;
}

function acknowledgeWildcards(policy: ManagedPolicy, { aws, name, source }: Environment): void {
  const acknowledge = (resource: string, reason: string) =>
    Validations.of(policy).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`,
      reason,
    });
  acknowledge(
    `arn:aws:s3:::${relayBucketName({ name, aws })}/${RUNS_PREFIX}/*`,
    "A run's id is made when it starts; the bucket holds nothing but runs of this environment.",
  );
  acknowledge(
    `arn:aws:s3:::${relayBucketName({ name, aws })}/${WRITES_PREFIX}/*`,
    "They lie by the id of the rollback that saved them, which is made when it starts.",
  );
  acknowledge(
    `arn:<AWS::Partition>:ssm:${aws.region}:${aws.account}:automation-execution/*`,
    "An execution's id is made when it starts; the action only reads.",
  );
  if (source.kind === "network") {
    acknowledge(
      `arn:<AWS::Partition>:secretsmanager:${aws.region}:${aws.account}:secret:${source.passwordSecret}-??????`,
      "Secrets Manager ends a secret's ARN with six random characters; the name is whole.",
    );
  }
}
