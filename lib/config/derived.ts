import type { Environment } from "./environment";
import { memoryGiB } from "./instance-memory";

type Named = Pick<Environment, "name">;

/** Where the target's own figures go in CloudWatch; the role may put into no other namespace. */
export const metricsNamespace = "TimescaleCutover";

/** The cluster's data directory, as Debian's `pg_createcluster MAJOR main` makes it; pgBackRest's `pg1-path`. */
export function dataDirectory(
  versions: Pick<Environment["versions"], "postgresql">,
  target: Pick<Environment["target"], "dataMount">,
): string {
  return `${target.dataMount}/${majorVersion(versions.postgresql)}/main`;
}

/** "16.10" → 16. */
export function majorVersion(postgresql: string): number {
  return Number.parseInt(postgresql, 10);
}

/** Memory of the target in GiB; the cluster's settings are sized by it. */
export function memoryGiBOf({ target }: Pick<Environment, "target">): number {
  const known = target.memoryGiB ?? memoryGiB(target.instanceType);
  if (known === undefined) throw new UnknownMemoryError(target.instanceType);
  return known;
}

/** Never of a validated environment: validation asks for `target.memoryGiB`. */
export class UnknownMemoryError extends Error {
  override readonly name = "UnknownMemoryError";

  constructor(instanceType: string) {
    super(`The memory of ${instanceType} is not known here, and target.memoryGiB is not set.`);
  }
}

/** Name of the bucket that carries the dump. S3 takes at most 63 characters; validation sees to it. */
export function relayBucketName({ name, aws }: Pick<Environment, "name" | "aws">): string {
  return `timescale-cutover-${name}-${aws.account}-${aws.region}-relay`;
}

/** The stack that makes the target host. */
export function hostStackName({ name }: Named): string {
  return `timescale-cutover-${name}-host`;
}

/** The `Name` tag of the target's instance, its interface and its security group, and of the root volume with them. */
export function targetName({ name }: Named): string {
  return `timescale-cutover-${name}-target`;
}

/** The `Name` tag of the data volume. (KMS lists keys by their descriptions.) */
export function dataName({ name }: Named): string {
  return `timescale-cutover-${name}-data`;
}

/** The target's instance role. The host stack makes it; the runbook attaches what a run needs for as long as it stands. */
export function targetRoleName({ name }: Named): string {
  return `timescale-cutover-${name}-target`;
}

/** The host that the application's secret names after the switch. */
export function applicationTargetHost({
  application,
  target,
}: Pick<Environment, "application" | "target">): string {
  return application.targetHost ?? target.network.privateAddress;
}

/** What the boot publishes for others: the keys for the repository host's owner, the certificate for the clients. */
type PublishedByBoot = "postgres-ssh-public-key" | "ssh-host-key" | "server-certificate";

/** The host stack adds which instance the target is. */
export type PublishedParameter = PublishedByBoot | "instance-id";

/** Name of the SSM parameter that something is published in. */
export function parameterName({ name }: Named, published: PublishedParameter): string {
  return `/timescale-cutover/${name}/${published}`;
}

/** The tag by which a role may run commands on an environment's target, whatever its id is; its value is the environment. */
export const TARGET_TAG = "timescale-cutover-target";

/** The log group that the target writes to. */
export function hostLogGroupName({ name }: Named): string {
  return `/timescale-cutover/${name}/host`;
}

/** The log group of what the runbook's commands print; the target writes it, and the runbook's stack makes it. */
export function runbookLogGroupName({ name }: Named): string {
  return `/timescale-cutover/${name}`;
}

/** Document names begin with the environment's: staging's and prod's can stand in one account. */
export function documentName({ name }: Named, document: string): string {
  return `timescale-cutover-${name}-${document}`;
}

/** The SSM document with the part of the boot that user data has no room for. */
export function bootDocumentName(environment: Named): string {
  return documentName(environment, "boot");
}
