import type { PolicyStatementProps } from "aws-cdk-lib/aws-iam";
import { relayBucketName } from "../config/derived";
import type { Environment } from "../config/environment";

/** Where a run's objects lie: `runs/<run id>/<source|target>/...`. */
export const RUNS_PREFIX = "runs";

/**
 * Where a rollback's saved writes lie: `writes/<run id>/...`, and the rows of them that the source did not take
 * `writes/<run id>-conflicts/...`. They may be the only copy: they do not expire.
 */
export const WRITES_PREFIX = "writes";

type Rights = Required<Pick<PolicyStatementProps, "sid" | "actions" | "resources">> &
  Pick<PolicyStatementProps, "conditions">;

/**
 * What a run needs of a managed source's role, which is not ours: the relay's bucket and key let it in, and preflight has
 * simulated that nothing of the role's own forbids it. It may put the source's objects, and get the writes to carry.
 */
export function sourceBucketRights(environment: Environment): Rights[] {
  const bucket = `arn:aws:s3:::${relayBucketName(environment)}`;
  const writes = `${WRITES_PREFIX}/*`;
  return [
    {
      sid: "SourcePutsItsObjectsOfARun",
      actions: ["s3:PutObject"],
      resources: [`${bucket}/${RUNS_PREFIX}/*/source/*`, `${bucket}/${WRITES_PREFIX}/*-conflicts/*`],
    },
    {
      sid: "SourceGetsTheWritesOfARollback",
      actions: ["s3:GetObject"],
      resources: [`${bucket}/${writes}`],
    },
    {
      sid: "SourceListsTheWritesOfARollback",
      actions: ["s3:ListBucket"],
      resources: [bucket],
      conditions: { StringLike: { "s3:prefix": writes } },
    },
  ];
}

/** S3 decrypts the writes that are fetched, and the parts of an upload in many parts to join them. */
export function sourceKeyRights(environment: Environment, key: string): Rights {
  return {
    sid: "SourceEncryptsThroughS3",
    actions: ["kms:GenerateDataKey", "kms:Decrypt"],
    resources: [key],
    conditions: {
      StringEquals: {
        "kms:ViaService": `s3.${environment.aws.region}.amazonaws.com`,
        "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${relayBucketName(environment)}`,
      },
    },
  };
}
