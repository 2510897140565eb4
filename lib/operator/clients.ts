import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { EC2Client } from "@aws-sdk/client-ec2";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Environment } from "../config/environment";

export interface Clients {
  ssm: SSMClient;
  s3: S3Client;
  secrets: SecretsManagerClient;
  ec2: EC2Client;
  cloudFormation: CloudFormationClient;
  close(): void;
}

// Without these a request on a connection that died silently waits for ever.
const requestHandler = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** Credentials and endpoints are the SDK's own (AWS_PROFILE, AWS_ENDPOINT_URL_SSM, AWS_ENDPOINT_URL_S3 …). */
export function openClients(environment: Environment): Clients {
  const { region } = environment.aws;
  // One attempt: retries are patience.ts's, which must know whether an attempt may have reached AWS.
  const ssm = new SSMClient({ region, requestHandler, maxAttempts: 1 });
  const s3 = new S3Client({ region, requestHandler, forcePathStyle: s3EndpointIsGiven() });
  const secrets = new SecretsManagerClient({ region, requestHandler, maxAttempts: 1 });
  const ec2 = new EC2Client({ region, requestHandler, maxAttempts: 1 });
  const cloudFormation = new CloudFormationClient({ region, requestHandler, maxAttempts: 1 });
  const clients = { ssm, s3, secrets, ec2, cloudFormation };
  return {
    ...clients,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

// An endpoint of one's own has no DNS name for each bucket.
function s3EndpointIsGiven(): boolean {
  return Boolean(process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL);
}
