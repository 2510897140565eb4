import { dataDirectory } from "../config/derived";
import type { Environment } from "../config/environment";
import { assetText } from "../script/asset";

/** The forced command: what it is on either host, and where. */
export const pgbackrestOnly = {
  path: "/usr/local/sbin/pgbackrest-only",
  script: () => assetText("trust", "pgbackrest-only.sh"),
};

/**
 * The line that lets the target's postgres into the repository host for its own stanza.
 * @param publicKey "TYPE BASE64"
 */
export function targetsLine(environment: Environment, publicKey: string): string {
  const { name, repository, target } = environment;
  const { stanza, repo3 } = repository.pgbackrest;
  return authorizedKey({
    from: target.network.privateAddress,
    command: ["repo", stanza, repo3.path],
    publicKey,
    comment: `postgres@timescale-cutover-${name}`,
  });
}

/** The line that lets the repository host into the target for the backups that it starts; none where it has no key. */
export function repositoryHostsLine(environment: Environment): string | undefined {
  const { repository, target, versions } = environment;
  if (repository.publicKey === undefined) return undefined;
  return authorizedKey({
    from: repository.address,
    command: ["pg", repository.pgbackrest.stanza, dataDirectory(versions, target)],
    publicKey: repository.publicKey,
    comment: "timescale-cutover-repository",
  });
}

interface AuthorizedKey {
  readonly from: string;
  readonly command: readonly string[];
  readonly publicKey: string;
  readonly comment: string;
}

/** `restrict` forbids all that sshd can forbid, what later versions add as well. None of the words needs quoting. */
function authorizedKey({ from, command, publicKey, comment }: AuthorizedKey): string {
  const forced = [pgbackrestOnly.path, ...command].join(" ");
  return `restrict,from="${from}",command="${forced}" ${publicKey} ${comment}`;
}
