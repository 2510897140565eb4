import { ArnFormat, type Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { relayBucketName } from "../config/derived";
import type { Environment } from "../config/environment";
import { targetApplicationStatements } from "./application-policy";
import { RUNS_PREFIX, WRITES_PREFIX } from "./source-statements";

/**
 * What a run's steps need on the target: its policy gives it, and preflight has it simulated.
 *
 * @param relayKey the ARN of the relay's key
 */
export function targetStatements(
  environment: Environment,
  stack: Stack,
  relayKey: string,
): PolicyStatement[] {
  return [
    ...relayStatements(environment, stack, relayKey),
    ...sourcePassword(stack, environment),
    ...targetApplicationStatements(environment, stack),
  ];
}

function relayStatements(environment: Environment, stack: Stack, relayKey: string): PolicyStatement[] {
  const bucket = `arn:aws:s3:::${relayBucketName(environment)}`;
  return [
    new PolicyStatement({
      sid: "ReadAndWriteTheRunsObjects",
      actions: ["s3:GetObject", "s3:PutObject"],
      resources: [`${bucket}/${RUNS_PREFIX}/*`, `${bucket}/${WRITES_PREFIX}/*`],
    }),
    new PolicyStatement({
      sid: "ListTheRunsObjects",
      actions: ["s3:ListBucket"],
      resources: [bucket],
      conditions: { StringLike: { "s3:prefix": `${RUNS_PREFIX}/*` } },
    }),
    new PolicyStatement({
      sid: "UseTheRelaysKeyThroughS3",
      actions: ["kms:GenerateDataKey", "kms:Decrypt"],
      resources: [relayKey],
      conditions: { StringEquals: { "kms:ViaService": `s3.${stack.region}.amazonaws.com` } },
    }),
  ];
}

/** The target is the dump host of a network source, so it reads that source's password. */
function sourcePassword(stack: Stack, { source }: Environment): PolicyStatement[] {
  if (source.kind !== "network") return [];
  return [
    new PolicyStatement({
      sid: "ReadTheSourcesPassword",
      actions: ["secretsmanager:GetSecretValue"],
      // Secrets Manager ends every ARN with a hyphen and six random characters.
      resources: [
        stack.formatArn({
          service: "secretsmanager",
          resource: "secret",
          resourceName: `${source.passwordSecret}-??????`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    }),
  ];
}
