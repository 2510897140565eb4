import { dataDirectory } from "../../config/derived";
import type { Environment } from "../../config/environment";

type Pgbackrest = Environment["repository"]["pgbackrest"];
type Cipher = Pgbackrest["repo3"]["cipher"];

/**
 * How long S3 may be silent. pgBackRest tries nine times to open a file, and two files before it pushes: an endpoint that
 * swallows all keeps a segment from the SSH repository for eighteen times this. Measured: 40 s with 2, which is within
 * the archive-timeout, so that PostgreSQL's log names the repository (100 s for segments that come meanwhile); 18 minutes
 * with pgBackRest's own 60. `info` takes nine times this: 19 s, and 9 minutes.
 */
const ioTimeoutSeconds = 2;
/** What reads or writes whole backups is patient with a slow S3, as pgBackRest is by itself: no segment waits for it. */
const patientCommands = ["backup", "expire", "restore", "verify"];
const patientIoTimeoutSeconds = 60;

/**
 * pgbackrest.conf of the target: the plan's, with what pgBackRest refuses to go without (repo2's endpoint and key
 * type) and the stanza of the target's own. The passphrases' places read `@repo3-cipher-pass@` and
 * `@repo2-cipher-pass@`: the boot fills them in on the host.
 */
export function pgbackrestConf(environment: Environment): string {
  const { repository, target, versions } = environment;
  const { pgbackrest } = repository;
  return [
    "# Written by timescale-cutover at every boot. Further options go into /etc/pgbackrest/conf.d/*.conf.",
    ...section("global", { ...globalOptions(pgbackrest), ...repo3(repository), ...repo2(pgbackrest) }),
    "",
    ...patientCommands.flatMap((command) => [
      ...section(`global:${command}`, { "io-timeout": String(patientIoTimeoutSeconds) }),
      "",
    ]),
    ...section(pgbackrest.stanza, {
      "pg1-path": dataDirectory(versions, target),
      "pg1-port": String(target.port),
      "pg1-socket-path": "/var/run/postgresql",
      "archive-timeout": String(pgbackrest.archiveTimeoutSeconds),
      "archive-async": yesNo(pgbackrest.archiveAsync),
      "archive-push-queue-max": `${pgbackrest.archivePushQueueMaxGiB}GiB`,
      "spool-path": pgbackrest.spoolPath,
    }),
    "",
  ].join("\n");
}

function globalOptions(pgbackrest: Pgbackrest): Record<string, string> {
  return {
    "process-max": String(pgbackrest.processMax),
    "log-level-console": pgbackrest.logLevelConsole,
    "log-level-file": pgbackrest.logLevelFile,
    "log-path": pgbackrest.logPath,
    "compress-type": pgbackrest.compressType,
    ...(pgbackrest.compressType !== "none" && { "compress-level": String(pgbackrest.compressLevel) }),
    "io-timeout": String(ioTimeoutSeconds),
    delta: yesNo(pgbackrest.delta),
    "start-fast": yesNo(pgbackrest.startFast),
  };
}

function repo3({ hostName, sshPort, pgbackrest }: Environment["repository"]): Record<string, string> {
  return {
    "repo3-host": hostName,
    "repo3-host-port": String(sshPort),
    "repo3-host-user": pgbackrest.repo3.hostUser,
    "repo3-path": pgbackrest.repo3.path,
    ...cipher("repo3", pgbackrest.repo3.cipher),
    ...bundle("repo3"),
    ...retention("repo3", pgbackrest.repo3.retention),
  };
}

function repo2({ repo2 }: Pgbackrest): Record<string, string> {
  return {
    "repo2-type": "s3",
    "repo2-s3-bucket": repo2.bucket,
    "repo2-s3-region": repo2.region,
    "repo2-s3-endpoint": repo2.endpoint,
    "repo2-s3-key-type": repo2.keyType,
    "repo2-path": repo2.path,
    ...cipher("repo2", repo2.cipher),
    ...bundle("repo2"),
    ...retention("repo2", repo2.retention),
  };
}

function cipher(repo: "repo2" | "repo3", { type }: Cipher): Record<string, string> {
  return type === "none"
    ? { [`${repo}-cipher-type`]: "none" }
    : { [`${repo}-cipher-type`]: type, [`${repo}-cipher-pass`]: `@${repo}-cipher-pass@` };
}

/** Hypertables are thousands of small files; without bundles each is a request of its own. Not in the plan. */
function bundle(repo: "repo2" | "repo3"): Record<string, string> {
  return { [`${repo}-bundle`]: "y" };
}

function retention(repo: "repo2" | "repo3", { full, fullType }: Pgbackrest["repo3"]["retention"]) {
  return { [`${repo}-retention-full`]: String(full), [`${repo}-retention-full-type`]: fullType };
}

function section(name: string, options: Record<string, string>): string[] {
  return [`[${name}]`, ...Object.entries(options).map(([option, value]) => `${option}=${value}`)];
}

function yesNo(value: boolean): string {
  return value ? "y" : "n";
}
