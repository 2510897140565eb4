import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import type { EmbeddedDocument } from "../ssm/endpoint";

const parameterSchema = z.object({ Parameter: z.object({ Value: z.string() }) });

/** Where the AWS doubles are, as this machine sees them. */
export interface AwsPlace {
  readonly url: string;
  readonly region: string;
}

/** Credentials that the AWS doubles take: they check none. */
export const labCredentials = { accessKeyId: "LABOPERATOR", secretAccessKey: "not-a-secret" };

/** Makes the buckets that are not there yet. */
export async function makeBuckets(place: AwsPlace, names: readonly string[]): Promise<void> {
  const s3 = new S3Client({ ...clientSettings(place), forcePathStyle: true });
  const CreateBucketConfiguration = { LocationConstraint: place.region as "eu-west-2" };
  for (const Bucket of names) {
    await unless(
      "BucketAlreadyOwnedByYou",
      s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration })),
    );
  }
}

/** Makes a secret, or changes its value. */
export async function putSecret(place: AwsPlace, name: string, value: string): Promise<void> {
  const secrets = new SecretsManagerClient(clientSettings(place));
  const made = secrets.send(new CreateSecretCommand({ Name: name, SecretString: value }));
  if (await unless("ResourceExistsException", made)) return;
  await secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
}

/** The current value of a secret. */
export async function readSecret(place: AwsPlace, name: string): Promise<string> {
  const secrets = new SecretsManagerClient(clientSettings(place));
  const { SecretString: value } = await secrets.send(new GetSecretValueCommand({ SecretId: name }));
  if (value === undefined) throw new Error(`The secret ${name} holds no text.`);
  return value;
}

/** The value of a parameter that a host has published. */
export async function readParameter(place: AwsPlace, name: string): Promise<string> {
  const { Parameter } = parameterSchema.parse(
    JSON.parse(await call(place, "ssm", "AmazonSSM.GetParameter", { Name: name })),
  );
  return Parameter.Value;
}

/** Puts a parameter into the double of Parameter Store. */
export async function putParameter(place: AwsPlace, name: string, value: string): Promise<void> {
  const parameter = { Name: name, Value: value, Type: "String", Overwrite: true };
  await call(place, "ssm", "AmazonSSM.PutParameter", parameter);
}

/** Makes documents in the double of SSM that hosts know before the lab's own endpoint is there. */
export async function makeDocuments(place: AwsPlace, documents: readonly EmbeddedDocument[]): Promise<void> {
  for (const { name: Name, documentType: DocumentType, content } of documents) {
    const document = { Name, DocumentType, DocumentFormat: "JSON", Content: JSON.stringify(content) };
    await call(place, "ssm", "AmazonSSM.CreateDocument", document);
  }
}

/** Makes the log groups. */
export async function makeLogGroups(place: AwsPlace, names: readonly string[]): Promise<void> {
  for (const logGroupName of names) {
    await call(place, "logs", "Logs_20140328.CreateLogGroup", { logGroupName });
  }
}

/** A call in AWS JSON 1.1: the SDK has no client for it here, or cannot read the double's answer (its dates). */
async function call(
  { url, region }: AwsPlace,
  service: string,
  target: string,
  body: unknown,
): Promise<string> {
  const scope = `${labCredentials.accessKeyId}/20260101/${region}/${service}/aws4_request`;
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": target,
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${target} at the AWS doubles: ${answer}`);
  return answer;
}

/** Whether it was done; false when it failed by the error of this name. */
async function unless(errorName: string, done: Promise<unknown>): Promise<boolean> {
  try {
    await done;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === errorName) return false;
    throw error;
  }
}

function clientSettings({ url, region }: AwsPlace) {
  return { endpoint: url, region, credentials: labCredentials };
}
