import { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { parameterName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import type { Permissions } from "./permissions";

/** What the boot publishes for others: it may put these two parameters, and see what it put before. */
export function parameterPermissions(scope: Construct, environment: Environment): Permissions {
  const names = [
    parameterName(environment, "postgres-ssh-public-key"),
    parameterName(environment, "server-certificate"),
  ];
  return {
    statements: [
      new PolicyStatement({
        sid: "PublishTheKeyAndTheCertificate",
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
