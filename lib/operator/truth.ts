import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { applicationTargetHost } from "../config/derived";
import type { Environment } from "../config/environment";
import { classifyAwsError, describeAwsError, isNamed, remedyFor } from "./aws-error";
import type { Clients } from "./clients";
import type { Clock } from "./clock";
import { NothingStartedError } from "./errors";
import { patiently } from "./patience";
import type { HostName } from "./step";

/** Which side the application's secret points at, which is the truth. */
export interface Truth {
  /** Null when it points at neither. */
  side: HostName | null;
  /** Where the secret points, HOST:PORT; null when it does not say. */
  address: string | null;
  /** The secret's current version. */
  versionId: string;
}

export interface TruthSources {
  environment: Environment;
  clients: Pick<Clients, "secrets">;
  clock: Clock;
}

// Nothing else of the secret's value is looked at or kept.
const addressSchema = z.object({ host: z.string(), port: z.union([z.string(), z.number()]) });

const patienceSeconds = 10;

/** Reads the truth itself. Throws what the SDK throws when the secret cannot be read. */
export async function readTruth({ environment, clients, clock }: TruthSources): Promise<Truth> {
  const command = new GetSecretValueCommand({
    SecretId: environment.application.secretName,
    VersionStage: "AWSCURRENT",
  });
  const { SecretString, VersionId } = await patiently(() => clients.secrets.send(command), {
    clock,
    seconds: patienceSeconds,
  });
  const address = addressIn(SecretString);
  return { side: sideOf(address, environment), address, versionId: VersionId ?? "" };
}

/** As readTruth, for a command that starts something. */
export async function truthOrRefusal(sources: TruthSources): Promise<Truth> {
  try {
    return await readTruth(sources);
  } catch (error) {
    const { secretName } = sources.environment.application;
    throw new NothingStartedError(
      "secret-unreadable",
      `Nothing was started: the application's secret ${secretName} cannot be read, and without it nobody knows ` +
        `which side is the truth: ${describeAwsError(error)}`,
      isNamed(error, "ResourceNotFoundException")
        ? "Check application.secretName (bin/environments.ts), and the account that these credentials lead to."
        : remedyFor(error),
      { cause: error },
    );
  }
}

/** Why it is not known which side is the truth, and what to do. */
export function unknownTruth(environment: Environment, { address }: Truth): NothingStartedError {
  const [source, target] = sideAddresses(environment);
  return new NothingStartedError(
    "truth-unknown",
    `Nothing was started: the application's secret ${environment.application.secretName} ` +
      `${address === null ? "names no host and port" : `points at ${address}`}, ` +
      `which is neither the source (${source}) nor the target (${target}).`,
    "Find out which side the application writes to, and let the secret (or bin/environments.ts) say so.",
  );
}

/** What the warning says when the truth could not be read. */
export function truthUnread(error: unknown): string {
  const verb = classifyAwsError(error) === "refused" ? "AWS refused" : "AWS could not be reached";
  return `${verb}: ${describeAwsError(error)}`;
}

function addressIn(secret: string | undefined): string | null {
  try {
    const value = addressSchema.safeParse(JSON.parse(secret ?? "")).data;
    return value === undefined ? null : `${value.host}:${value.port}`;
  } catch {
    // The parser's own message would quote the secret.
    return null;
  }
}

function sideOf(address: string | null, environment: Environment): HostName | null {
  const [source, target] = sideAddresses(environment);
  if (address === target) return "target";
  return address === source ? "source" : null;
}

function sideAddresses(environment: Environment): [source: string, target: string] {
  const { application, target } = environment;
  return [
    `${application.sourceHost}:${application.sourcePort}`,
    `${applicationTargetHost(environment)}:${target.port}`,
  ];
}
