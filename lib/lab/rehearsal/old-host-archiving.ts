import { dataDirectory } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { readSecret } from "./aws-contents";
import { letSourceIn, letTargetIn } from "./let-into-repository";
import { provision } from "./provision";
import type { RehearsalLab } from "./rehearsal-lab";

/**
 * Makes of the lab what preflight finds in the plan: the source's cluster archives by pgBackRest into the stanza of the
 * old cluster on the repository host and has a full backup there, and the repository host's owner has let the target in.
 * The source's server is restarted. Its S3 repository is left out: only the target finds S3 and a role's credentials.
 */
export async function archiveOldHost(rehearsal: RehearsalLab): Promise<void> {
  const { environment, lab } = rehearsal;
  const { source, target } = lab.hosts;
  const { hostName, address, hostKey, pgbackrest } = environment.repository;
  if (target.isUp()) await letTargetIn(rehearsal);
  const key = await provision(source, "trust.sh", [hostName, address, hostKey]);
  await letSourceIn(rehearsal, key);
  const { cipher } = pgbackrest.repo3;
  const pass = cipher.type === "none" ? "" : await readSecret(rehearsal.aws, cipher.passSecret);
  const argv = [String(lab.postgresql.major), pgbackrest.sourceStanza];
  await provision(source, "archive.sh", argv, oldHostConf(environment, pass));
}

/** The plan's, for the old cluster; with light work, since the lab's hosts share few processors: a bundle takes a third. */
function oldHostConf({ repository, versions }: Environment, pass: string): string {
  const { hostName, sshPort, pgbackrest } = repository;
  const { repo3 } = pgbackrest;
  return [
    "[global]",
    "process-max=1",
    "log-level-file=detail",
    "compress-type=lz4",
    "compress-level=1",
    "start-fast=y",
    `repo3-host=${hostName}`,
    `repo3-host-port=${sshPort}`,
    `repo3-host-user=${repo3.hostUser}`,
    `repo3-path=${repo3.path}`,
    "repo3-bundle=y",
    "repo3-retention-full=2",
    `repo3-cipher-type=${repo3.cipher.type}`,
    ...(pass === "" ? [] : [`repo3-cipher-pass=${pass}`]),
    `[${pgbackrest.sourceStanza}]`,
    `pg1-path=${dataDirectory(versions, { dataMount: "/var/lib/postgresql" })}`,
    "archive-timeout=60",
    "archive-async=y",
    "archive-push-queue-max=4GB",
    "spool-path=/var/spool/pgbackrest",
    "",
  ].join("\n");
}
