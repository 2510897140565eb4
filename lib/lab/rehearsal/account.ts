import { PutBucketEncryptionCommand, S3Client } from "@aws-sdk/client-s3";
import { targetRoleName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { hostEnvironment } from "../aws-doubles";
import { labInstanceIds } from "../lab-hosts";
import { type AwsPlace, labCredentials } from "./aws-contents";
import { makeRole, makeUser } from "./iam-contents";
import type { Template } from "./template";
import { bucketKeysOf, inlinePoliciesOf, managedPoliciesOf } from "./template-policies";

/** What the host stack's deployment leaves in IAM, and who else is there: the source's role and the operator. */
export async function fillAccount(
  place: AwsPlace,
  environment: Environment,
  hostTemplate: Template,
): Promise<void> {
  const { aws, source } = environment;
  await makeRole(place, {
    name: targetRoleName(environment),
    policies: inlinePoliciesOf(hostTemplate, aws),
    session: { accessKey: accessKeyOf("target", aws.region), instanceId: labInstanceIds.target },
  });
  await makeUser(place, labCredentials.accessKeyId);
  if (source.kind !== "managed") return;
  const name = source.roleArn.split("/").at(-1) ?? "";
  await makeRole(place, {
    name,
    policies: {},
    session: { accessKey: accessKeyOf("source", aws.region), instanceId: source.instanceId },
  });
}

/** What the runbook stack's deployment adds: policies of roles that are there, and the keys of its buckets. */
export async function extendAccount(
  place: AwsPlace,
  environment: Environment,
  runbookTemplate: Template,
): Promise<void> {
  const { aws } = environment;
  for (const { name, roles, document } of managedPoliciesOf(runbookTemplate, aws)) {
    for (const role of roles) await makeRole(place, { name: role, policies: { [name]: document } });
  }
  const s3 = new S3Client({
    endpoint: place.url,
    region: place.region,
    credentials: labCredentials,
    forcePathStyle: true,
  });
  for (const { bucket: Bucket, key } of bucketKeysOf(runbookTemplate, aws)) {
    const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: key };
    const Rules = [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }];
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
  }
}

function accessKeyOf(host: string, region: string): string {
  return hostEnvironment(host, region)["AWS_ACCESS_KEY_ID"] ?? "";
}
