import { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import type { Permissions } from "./permissions";

/** The boot tells the stack how it ended. */
export function signalPermissions(scope: Construct, { aws }: Environment): Permissions {
  const stack = Stack.of(scope);
  return {
    statements: [
      new PolicyStatement({
        sid: "TellTheStackHowTheBootEnded",
        actions: ["cloudformation:SignalResource"],
        resources: [
          stack.formatArn({
            service: "cloudformation",
            resource: "stack",
            resourceName: `${stack.stackName}/*`,
          }),
        ],
      }),
    ],
    wildcards: [
      {
        resource: `arn:<AWS::Partition>:cloudformation:${aws.region}:${aws.account}:stack/${stack.stackName}/*`,
        reason: "CloudFormation ends a stack's ARN with an id that it makes; the name is whole.",
      },
    ],
  };
}
