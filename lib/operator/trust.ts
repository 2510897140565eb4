import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { parameterName, type PublishedParameter } from "../config/derived";
import { hostKey } from "../config/formats/host-key";
import { pgbackrestOnly, targetsLine } from "../trust/pgbackrest-only";
import { isNamed } from "./aws-error";
import { NothingStartedError } from "./errors";
import { notStarted } from "./not-started";
import { patiently } from "./patience";
import type { Session } from "./session";

/** What the repository host's owner does there once, so that it trusts the target with one stanza. */
export interface Trust {
  /** The host that it is done on. */
  host: { name: string; address: string };
  /** The user there whom pgBackRest runs as. */
  user: string;
  /** The forced command: a file of root's, 0755. */
  script: { path: string; text: string };
  /** The line of the user's authorized_keys. */
  authorizedKey: string;
  /** The line of the user's known_hosts; null where the repository host starts no backups. */
  knownHost: string | null;
  /** What shows afterwards that it is done, run on the target as postgres: each command with what it says. */
  checks: { command: string; says: string }[];
}

const patienceSeconds = 60;

/**
 * Reads what the target's boot has published, and gives what its owner has to do on the repository host.
 * @throws NothingStartedError where the target has not published its key, or AWS refuses
 */
export async function trust(session: Session): Promise<Trust> {
  const { environment } = session;
  const { repository, target } = environment;
  const publicKey = await publishedKey(session, "postgres-ssh-public-key");
  const knownHost =
    repository.publicKey === undefined
      ? null
      : `${target.network.privateAddress} ${await publishedKey(session, "ssh-host-key")}`;
  const { hostUser } = repository.pgbackrest.repo3;
  const ssh = `ssh -p ${repository.sshPort} ${hostUser}@${repository.hostName}`;
  return {
    host: { name: repository.hostName, address: repository.address },
    user: hostUser,
    script: { path: pgbackrestOnly.path, text: pgbackrestOnly.script() },
    authorizedKey: targetsLine(environment, publicKey),
    knownHost,
    checks: [
      { command: `${ssh} pgbackrest version`, says: `pgBackRest ${environment.versions.pgbackrest}` },
      {
        command: `${ssh} room`,
        says: `"yes", the free bytes, and a folder of ${repository.pgbackrest.repo3.path}`,
      },
      { command: `${ssh} id`, says: "pgbackrest-only: refused, and why" },
    ],
  };
}

/** A key that the boot has published, "TYPE BASE64": whatever else stood there would stand in authorized_keys. */
async function publishedKey(session: Session, published: PublishedParameter): Promise<string> {
  const { environment } = session;
  const name = parameterName(environment, published);
  const value = await parameterValue(session, name);
  const key = value.trim().split(" ").slice(0, 2).join(" ");
  if (!/^[^\r\n]*$/.test(value.trim()) || !hostKey.safeParse(key).success) {
    throw new NothingStartedError(
      "key-unfit",
      `The SSM parameter ${name} holds no public key: ${JSON.stringify(value.slice(0, 80))}.`,
      "Restart timescale-cutover-boot on the target: it publishes the key anew. And ask who else may write that parameter.",
    );
  }
  return key;
}

async function parameterValue(
  { clients, clock, environment, signal }: Session,
  name: string,
): Promise<string> {
  try {
    const ask = () => clients.ssm.send(new GetParameterCommand({ Name: name }), { abortSignal: signal });
    const { Parameter } = await patiently(ask, { clock, signal, seconds: patienceSeconds });
    return Parameter?.Value ?? "";
  } catch (error) {
    if (!isNamed(error, "ParameterNotFound")) throw notStarted(error, environment);
    throw new NothingStartedError(
      "key-not-published",
      `There is no SSM parameter ${name} in account ${environment.aws.account}, ${environment.aws.region}: the target has not booted, or its boot failed before it made the key.`,
      "Deploy the host stack and wait for the boot, which publishes it (journalctl -u timescale-cutover-boot on the target); then ask again.",
      { cause: error },
    );
  }
}
