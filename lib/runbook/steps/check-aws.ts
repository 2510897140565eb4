import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { targetRoleName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { checkDocument } from "../check-document";
import { applicationSecret, dnsRecord } from "../connections";
import { targetInstance } from "../parameters";
import { sourceNeeds, targetNeeds } from "../permission-needs";

// The first agent that hands a document's parameters over as environment variables (interpolationType ENV_VAR).
const LEAST_AGENT_VERSION = "3.3.2746.0";

/** Preflight's checks of AWS, made with the target's role. */
export function checkAws(scope: Construct, environment: Environment) {
  const { application, aws, cutover, source } = environment;
  const hasRecord = application.dnsRecord !== undefined;
  return checkDocument(scope, environment, {
    step: "check-aws",
    description:
      "Checks roles, secrets, the relay and SSM's agents for what would spoil the window. Changes nothing.",
    side: "target",
    connects: false,
    parameters: { TargetInstance: targetInstance },
    shared: [
      "application-secret",
      "secret-fit",
      "secret-labels",
      ...(hasRecord ? ["dns-record"] : []),
      "simulated-permissions",
    ],
    constants: {
      ...applicationSecret(environment),
      ...dnsRecord(environment),
      ACCOUNT: aws.account,
      REGION: aws.region,
      TARGET_ROLE: targetRoleName(environment),
      TARGET_NEEDS: targetNeeds(environment, Stack.of(scope)),
      SOURCE_ROLE: source.kind === "managed" ? source.roleArn : "",
      SOURCE_NEEDS: sourceNeeds(environment, Stack.of(scope)),
      SOURCE_PASSWORD_SECRET: source.kind === "network" ? source.passwordSecret : "",
      SOURCE_INSTANCE: source.kind === "managed" ? source.instanceId : "",
      AGENT_VERSION: LEAST_AGENT_VERSION,
      CIPHER_SECRETS: cipherSecrets(environment).join(" "),
      APPROVERS: cutover.approvers.join(" "),
      APPLICATION_GROUPS: application.securityGroupIds.join(" "),
      HEALTH_URLS: application.healthUrls.join(" "),
      RESTART_DOCUMENT: application.restart?.documentName ?? "",
    },
  });
}

function cipherSecrets({ repository: { pgbackrest } }: Environment): string[] {
  const ciphers = [pgbackrest.repo3.cipher, pgbackrest.repo2.cipher];
  return ciphers.flatMap((cipher) => (cipher.type === "none" ? [] : [cipher.passSecret]));
}
