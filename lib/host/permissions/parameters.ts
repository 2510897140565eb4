import { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { parameterName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import type { Permissions } from "./permissions";

/** What the boot publishes for others: it may put these parameters, and see what it put before. */
export function parameterPermissions(scope: Construct, environment: Environment): Permissions {
  const names = [
    parameterName(environment, "postgres-ssh-public-key"),
    parameterName(environment, "ssh-host-key"),
    parameterName(environment, "server-certificate"),
  ];
  return {
    statements: [
      new PolicyStatement({
        sid: "PublishTheKeysAndTheCertificate",
        actions: ["ssm:GetParameter", "ssm:PutParameter"],
        resources: names.map((name) =>
          Stack.of(scope).formatArn({
            service: "ssm",
            resource: "parameter",
            resourceName: name.replace(/^\//, ""),
          }),
        ),
      }),
    ],
    wildcards: [],
  };
}
