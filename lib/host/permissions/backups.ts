import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Environment } from "../../config/environment";
import type { Permissions } from "./permissions";

/**
 * repo2 in S3: the target's own stanza there, and of the others their names, which pgBackRest lists. The statements are
 * those of pgBackRest's user guide (S3-Compatible Object Store Support), narrowed to the stanza.
 */
export function backupPermissions({ repository }: Environment): Permissions {
  const { repo2, stanza } = repository.pgbackrest;
  const bucket = `arn:aws:s3:::${repo2.bucket}`;
  // An object's name has no slash at its beginning.
  const kinds = ["archive", "backup"].map((kind) => `${repo2.path.slice(1)}/${kind}`);
  const objects = kinds.map((kind) => `${bucket}/${kind}/${stanza}/*`);
  return {
    statements: [
      new PolicyStatement({
        sid: "ListTheStanza",
        actions: ["s3:ListBucket"],
        resources: [bucket],
        conditions: { StringLike: { "s3:prefix": kinds.map((kind) => `${kind}/${stanza}/*`) } },
      }),
      new PolicyStatement({
        sid: "ListTheNamesOfStanzas",
        actions: ["s3:ListBucket"],
        resources: [bucket],
        conditions: {
          StringEquals: { "s3:prefix": kinds.map((kind) => `${kind}/`), "s3:delimiter": "/" },
        },
      }),
      new PolicyStatement({
        sid: "KeepWalAndBackupsOfTheStanza",
        // It deletes what has expired.
        actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
        resources: objects,
      }),
    ],
    wildcards: objects.map((resource) => ({
      resource,
      reason: "pgBackRest names the objects; below this prefix there is nothing but the target's own stanza.",
    })),
  };
}
