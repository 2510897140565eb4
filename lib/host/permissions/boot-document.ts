import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { CommandDocument } from "../../ssm/command-document";
import type { Permissions } from "./permissions";

/** The boot fetches the part of itself that user data has no room for. */
export function bootDocumentPermissions(document: CommandDocument): Permissions {
  return {
    statements: [
      new PolicyStatement({
        sid: "FetchTheRestOfTheBoot",
        actions: ["ssm:GetDocument"],
        resources: [document.arn],
      }),
    ],
    wildcards: [],
  };
}
