import { randomBytes } from "node:crypto";
import type { Environment } from "../../config/environment";
import type { AwsDoubles } from "../aws-doubles";
import { labInstanceIds } from "../lab-hosts";
import type { TargetProvision } from "../target-provision";
import type { EmbeddedDocument } from "../ssm/endpoint";
import {
  type AwsPlace,
  makeBuckets,
  makeDocuments,
  makeLogGroups,
  putParameter,
  putSecret,
} from "./aws-contents";
import { documentsOf, logGroupNamesOf, parametersOf, type Template } from "./template";
import { userDataOf } from "./user-data";

/** The id that the target's data volume goes by in the lab. */
export const volumeId = "vol-0123456789abcdef0";
/** Where what the boot tells CloudFormation lands in the lab (doubles/cloudformation_signals.py). */
export const bootSignal = { bucket: "timescale-cutover-lab-signals", key: "boot" };

/** The target's provision, and the documents that the stack has beside it. */
export interface DeployedHost extends TargetProvision {
  readonly documents: readonly EmbeddedDocument[];
}

/**
 * Gives the target's user data out of the synthesized host stack, and makes in the AWS doubles what the stack and others
 * have in AWS by the time that an instance boots: documents, the log group, the buckets, the secrets with the passphrases.
 */
export async function deployHost(
  environment: Environment,
  template: Template,
  aws: AwsDoubles,
): Promise<DeployedHost> {
  const place: AwsPlace = { url: aws.url, region: environment.aws.region };
  const documents = documentsOf(template);
  const { bucket, endpoint } = environment.repository.pgbackrest.repo2;
  await makeBuckets(place, [bootSignal.bucket, bucket]);
  await aws.serveS3(endpoint);
  await makeLogGroups(place, logGroupNamesOf(template));
  await makeDocuments(place, documents);
  for (const { name, value } of parametersOf(template, { "AWS::EC2::Instance": labInstanceIds.target }))
    await putParameter(place, name, value);
  await makePassphrases(place, environment);
  const s3Names = [endpoint, `${bucket}.${endpoint}`];
  return { volumeId, s3Names, documents, userData: userDataOf(template, referencesIn(environment)) };
}

/** The secrets with the passphrases of the repositories, which their owner has stored before any host is there. */
export async function makePassphrases(place: AwsPlace, environment: Environment): Promise<void> {
  for (const name of passphraseSecretsOf(environment)) {
    await putSecret(place, name, randomBytes(48).toString("base64"));
  }
}

/** What the user data refers to, by the resource's type. */
function referencesIn({ aws: { region, account } }: Environment): Record<string, string> {
  return {
    "AWS::EC2::Volume": volumeId,
    "AWS::Region": region,
    "AWS::AccountId": account,
    "AWS::Partition": "aws",
  };
}

function passphraseSecretsOf({ repository: { pgbackrest } }: Environment): string[] {
  const ciphers = [pgbackrest.repo2.cipher, pgbackrest.repo3.cipher];
  return ciphers.flatMap((cipher) => (cipher.type === "none" ? [] : [cipher.passSecret]));
}
