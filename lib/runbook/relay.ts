import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { ArnPrincipal, Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { relayBucketName } from "../config/derived";
import type { Environment } from "../config/environment";

/** Where a run's objects lie: `runs/<run id>/<source|target>/…`. */
export const RUNS_PREFIX = "runs";

/**
 * The bucket that carries the dump and the results of a run: encrypted with a key of its own, over TLS only, never
 * public, and empty by itself after `relay.expireDays`.
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
          expiration: Duration.days(environment.relay.expireDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      serverAccessLogsBucket: this.accessLogs(),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    if (environment.source.kind === "managed") this.letSourceIn(environment.source.roleArn);
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
  private letSourceIn(roleArn: string): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: "SourcePutsItsObjectsOfARun",
        effect: Effect.ALLOW,
        principals: [new ArnPrincipal(roleArn)],
        actions: ["s3:PutObject"],
        resources: [`${this.bucketArn}/${RUNS_PREFIX}/*/source/*`],
      }),
    );
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: "SourceGetsTheWritesOfARollback",
        effect: Effect.ALLOW,
        principals: [new ArnPrincipal(roleArn)],
        actions: ["s3:GetObject"],
        resources: [`${this.bucketArn}/${RUNS_PREFIX}/*/target/writes/*`],
      }),
    );
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: "SourceListsTheWritesOfARollback",
        effect: Effect.ALLOW,
        principals: [new ArnPrincipal(roleArn)],
        actions: ["s3:ListBucket"],
        resources: [this.bucketArn],
        conditions: { StringLike: { "s3:prefix": `${RUNS_PREFIX}/*/target/writes/*` } },
      }),
    );
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: "SourceEncryptsThroughS3",
        effect: Effect.ALLOW,
        principals: [new ArnPrincipal(roleArn)],
        // S3 decrypts the writes that are fetched, and the parts of an upload in many parts to join them.
        actions: ["kms:GenerateDataKey", "kms:Decrypt"],
        resources: ["*"],
        conditions: {
          StringEquals: {
            "kms:ViaService": `s3.${Stack.of(this).region}.amazonaws.com`,
            "kms:EncryptionContext:aws:s3:arn": this.bucketArn,
          },
        },
      }),
    );
  }
}
