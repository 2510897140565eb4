import { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import type { Permissions } from "./permissions";

/** A run that finds the target's lock taken asks whether the run that holds it has ended. */
export function automationPermissions(scope: Construct, { aws }: Environment): Permissions {
  return {
    statements: [
      new PolicyStatement({
        sid: "AskWhetherTheLocksHolderHasEnded",
        actions: ["ssm:GetAutomationExecution"],
        resources: [
          Stack.of(scope).formatArn({ service: "ssm", resource: "automation-execution", resourceName: "*" }),
        ],
      }),
    ],
    wildcards: [
      {
        resource: `arn:<AWS::Partition>:ssm:${aws.region}:${aws.account}:automation-execution/*`,
        reason: "An execution's id is made when it starts; the action only reads.",
      },
    ],
  };
}
