import { ArnFormat, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import type { Permissions } from "./permissions";

/**
 * The passphrases of the repositories, and no other secret. The key `aws/secretsmanager` needs no statement: its own
 * policy lets in whoever may read the secret. A secret under another key needs kms:Decrypt from that key's owner.
 */
export function secretPermissions(scope: Construct, { aws, repository }: Environment): Permissions {
  const { repo2, repo3 } = repository.pgbackrest;
  const names = [repo3, repo2].flatMap(({ cipher }) => (cipher.type === "none" ? [] : [cipher.passSecret]));
  if (names.length === 0) return { statements: [], wildcards: [] };
  return {
    statements: [
      new PolicyStatement({
        sid: "ReadThePassphrasesOfTheRepositories",
        actions: ["secretsmanager:GetSecretValue"],
        // Secrets Manager ends every ARN with a hyphen and six random characters.
        resources: names.map((name) =>
          Stack.of(scope).formatArn({
            service: "secretsmanager",
            resource: "secret",
            resourceName: `${name}-??????`,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ),
      }),
    ],
    wildcards: names.map((name) => ({
      resource: `arn:<AWS::Partition>:secretsmanager:${aws.region}:${aws.account}:secret:${name}-??????`,
      reason: "Secrets Manager ends a secret's ARN with six random characters; the name is whole.",
    })),
  };
}
