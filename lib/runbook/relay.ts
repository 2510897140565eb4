import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { ArnPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { relayBucketName } from "../config/derived";
import type { Environment } from "../config/environment";
import { RUNS_PREFIX, sourceBucketRights, sourceKeyRights } from "./source-statements";

export { RUNS_PREFIX, WRITES_PREFIX } from "./source-statements";

/**
 * The bucket that carries the dump and the results of a run: encrypted with a key of its own, over TLS only, never
 * public. Its runs are gone by themselves after `relay.expireDays`; the writes that a rollback saved stay.
 */
export class Relay extends Construct {
  readonly bucket: Bucket;
  /** By its name, which synthesis knows: the key's policy names the bucket, and the bucket refers to the key. */
  readonly bucketArn: string;
  readonly key: Key;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    this.bucketArn = `arn:aws:s3:::${relayBucketName(environment)}`;
    this.key = new Key(this, "Key", {
      description: `Relay of timescale-cutover ${environment.name}: dumps and results of its runs`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.bucket = new Bucket(this, "Bucket", {
      bucketName: relayBucketName(environment),
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [
        {
          id: "runs-expire",
          prefix: `${RUNS_PREFIX}/`,
          expiration: Duration.days(environment.relay.expireDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      serverAccessLogsBucket: this.accessLogs(),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    if (environment.source.kind === "managed") this.letSourceIn(environment, environment.source.roleArn);
  }

  private accessLogs(): Bucket {
    return new Bucket(this, "AccessLogs", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ id: "logs-expire", expiration: Duration.days(365) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** The source's instance is not ours: its role may put the source's objects of a run, and read the writes to carry. */
  private letSourceIn(environment: Environment, roleArn: string): void {
    const principals = [new ArnPrincipal(roleArn)];
    for (const rights of sourceBucketRights(environment)) {
      this.bucket.addToResourcePolicy(new PolicyStatement({ ...rights, principals }));
    }
    this.key.addToResourcePolicy(new PolicyStatement({ ...sourceKeyRights(environment, "*"), principals }));
  }
}
