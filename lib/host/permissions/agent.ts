import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Permissions } from "./permissions";

/**
 * What the SSM agent needs to be managed, to run commands and to open sessions. Of AWS's AmazonSSMManagedInstanceCore
 * everything else is left out, above all ssm:GetParameter on every parameter of the account.
 */
export function agentPermissions(): Permissions {
  return {
    statements: [
      new PolicyStatement({
        sid: "BeManagedBySystemsManager",
        actions: [
          "ssm:UpdateInstanceInformation",
          // Asked at every start; refused, the agent's log fills with errors.
          "ssm:ListInstanceAssociations",
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
          // Where the agent takes commands from when ssmmessages does not answer.
          "ec2messages:AcknowledgeMessage",
          "ec2messages:DeleteMessage",
          "ec2messages:FailMessage",
          "ec2messages:GetEndpoint",
          "ec2messages:GetMessages",
          "ec2messages:SendReply",
        ],
        resources: ["*"],
      }),
    ],
    wildcards: [
      {
        resource: "*",
        reason:
          "ssmmessages and ec2messages know no resource to name, and the instance's id is not known to its own role: an agent speaks for the instance that it runs on.",
      },
    ],
  };
}
