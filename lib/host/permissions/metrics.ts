import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { metricsNamespace } from "../../config/derived";
import type { Permissions } from "./permissions";

/** The target's own figures, into its own namespace. */
export function metricPermissions(): Permissions {
  return {
    statements: [
      new PolicyStatement({
        sid: "PutTheHostsFigures",
        actions: ["cloudwatch:PutMetricData"],
        resources: ["*"],
        conditions: { StringEquals: { "cloudwatch:namespace": metricsNamespace } },
      }),
    ],
    wildcards: [
      {
        resource: "*",
        reason:
          "cloudwatch:PutMetricData knows no resource to name: the condition holds it to one namespace.",
      },
    ],
  };
}
