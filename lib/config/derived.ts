import type { Environment } from "./environment";

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

/** Name of the bucket that carries the dump. S3 takes at most 63 characters; validation sees to it. */
export function relayBucketName({ name, aws }: Pick<Environment, "name" | "aws">): string {
  return `timescale-cutover-${name}-${aws.account}-${aws.region}-relay`;
}
