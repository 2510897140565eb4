import { ArnFormat, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { hostLogGroupName, runbookLogGroupName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import type { Permissions } from "./permissions";

/**
 * The host's log group, and the runbook's, where the SSM agent sends what commands print. The agent asks to create the
 * group first and sends nothing when that is refused; one that exists is fine.
 */
export function logPermissions(scope: Construct, environment: Environment): Permissions {
  const { aws } = environment;
  const groups = [hostLogGroupName(environment), runbookLogGroupName(environment)];
  const arn = (resourceName: string) =>
    Stack.of(scope).formatArn({
      service: "logs",
      resource: "log-group",
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  return {
    statements: [
      new PolicyStatement({
        sid: "WriteTheHostsAndTheRunbooksLogs",
        actions: [
          "logs:CreateLogGroup",
          "logs:CreateLogStream",
          "logs:DescribeLogStreams",
          "logs:PutLogEvents",
        ],
        resources: groups.flatMap((group) => [arn(group), arn(`${group}:*`)]),
      }),
    ],
    wildcards: groups.map((group) => ({
      resource: `arn:<AWS::Partition>:logs:${aws.region}:${aws.account}:log-group:${group}:*`,
      reason: "The streams of one log group: their names are made when they are written.",
    })),
  };
}
