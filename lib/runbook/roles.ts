import { Stack, Validations } from "aws-cdk-lib";
import { ManagedPolicy, Role } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { documentName, relayBucketName, targetRoleName } from "../config/derived";
import type { Environment } from "../config/environment";
import { acknowledgeTargetApplication } from "./application-policy";
import { acknowledgePreflight, preflightStatements } from "./preflight-statements";
import { type Relay, RUNS_PREFIX, WRITES_PREFIX } from "./relay";
import { targetStatements } from "./target-statements";

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
  if (source.kind === "network") {
    acknowledge(
      `arn:<AWS::Partition>:secretsmanager:${aws.region}:${aws.account}:secret:${source.passwordSecret}-??????`,
      "Secrets Manager ends a secret's ARN with six random characters; the name is whole.",
    );
  }
}
