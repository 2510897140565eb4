import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../../../bin/environments";
import { parameterName } from "../../../lib/config/derived";
import type { EnvironmentInput } from "../../../lib/config/environment";
import type { HostName } from "../../../lib/lab/host";
import { s3Address } from "../../../lib/lab/network";
import { labCredentials, readParameter, readSecret } from "../../../lib/lab/rehearsal/aws-contents";
import { archiveOldHost } from "../../../lib/lab/rehearsal/old-host-archiving";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { patienceMs } from "../../../lib/lab/patience";
import { repositorySchedule } from "../../../lib/operator/archive-schedule";
import { bash } from "../on-host";
import { prepared, startRehearsalLab } from "../start-rehearsal-lab";

interface Said {
  readonly code: number | null;
  /** What it printed, on both of its outputs. */
  readonly text: string;
}

/** Three hosts of which the old one archives as ever, and the target and the repository host trust each other by gates. */
export class TrustLab {
  private constructor(
    readonly rehearsal: RehearsalLab,
    private readonly key: string,
  ) {}

  static async start(): Promise<TrustLab> {
    const { publicKey, privateKey } = keyPair();
    const { prod } = environments;
    const rehearsal = await startRehearsalLab({
      rehearsed: { ...prod, repository: startingBackups(prod.repository, publicKey) },
      // Nothing of the runbook is run.
      synthesize: () => ({ Resources: {} }),
    });
    const lab = new TrustLab(rehearsal, privateKey);
    return prepared(rehearsal, async () => {
      await rehearsal.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
      await archiveOldHost(rehearsal);
      await lab.#archiveOnTarget();
      await lab.#backUpFromRepository();
      return lab;
    });
  }

  bash(host: HostName, script: string): Promise<string> {
    return bash(this.rehearsal.lab.hosts[host], script);
  }

  /** A command as postgres, whatever becomes of it. */
  async asPostgres(host: HostName, command: string): Promise<Said> {
    const argv = ["runuser", "-u", "postgres", "--", "bash", "-c", `cd /tmp; ${command}`];
    const { code, stdout, stderr } = await this.rehearsal.lab.hosts[host].run(argv, {
      timeoutMs: patienceMs,
    });
    return { code, text: `${stdout}${stderr}`.trim() };
  }

  pgbackrest(host: HostName, command: string): Promise<Said> {
    return this.asPostgres(host, `pgbackrest --log-level-console=error --log-level-stderr=off ${command}`);
  }

  /** Puts the repository host's private key where ssh looks for it. */
  async giveRepositorysKey(host: HostName): Promise<void> {
    const file = "/var/lib/postgresql/.ssh/repository";
    await this.bash(
      host,
      `install -m 0600 -o postgres -g postgres /dev/stdin ${file} <<'KEY'\n${this.key}KEY`,
    );
  }

  stop(): Promise<void> {
    return this.rehearsal.stop();
  }

  /** As the cutover's activation does. */
  async #archiveOnTarget(): Promise<void> {
    const { major } = this.rehearsal.lab.postgresql;
    await this.bash(
      "target",
      `install -m 0644 /dev/stdin /etc/postgresql/${major}/main/conf.d/archiving.conf <<'CONF'
archive_mode = on
archive_command = 'pgbackrest --stanza=tracker-ts archive-push "%p"'
CONF
       systemctl restart postgresql@${major}-main`,
    );
  }

  /**
   * What the repository host's owner puts there for `backups.startedBy: "repository"`: its own repositories under the same
   * keys, the lines and units of `cutover archive schedule`, and the target's host key, pinned.
   */
  async #backUpFromRepository(): Promise<void> {
    const { aws, environment } = this.rehearsal;
    const hostKey = await readParameter(aws, parameterName(environment, "ssh-host-key"));
    const { configuration, units } = repositorySchedule(environment);
    await this.giveRepositorysKey("repository");
    await this.#letRepositoryFindS3();
    await this.#write("/etc/pgbackrest.conf", [...(await this.#repositories()), ...configuration]);
    for (const [file, lines] of Object.entries(units)) await this.#write(file, lines);
    await this.bash(
      "repository",
      `cd /var/lib/postgresql/.ssh
       echo '${environment.target.network.privateAddress} ${hostKey}' >known_hosts
       printf '%s\\n' 'IdentityFile ~/.ssh/repository' 'StrictHostKeyChecking yes' 'BatchMode yes' >config
       chown postgres: known_hosts config`,
    );
  }

  /** Both repositories as the repository host names them; what is the same in the target's file is taken from there. */
  async #repositories(): Promise<string[]> {
    const { aws, environment } = this.rehearsal;
    const { repo3 } = environment.repository.pgbackrest;
    const pass = repo3.cipher.type === "none" ? "" : await readSecret(aws, repo3.cipher.passSecret);
    const ofS3 = await this.bash("target", "grep -E '^repo2-' /etc/pgbackrest.conf | grep -v key-type");
    return [
      "[global]",
      `repo3-path=${repo3.path}`,
      "repo3-cipher-type=aes-256-cbc",
      `repo3-cipher-pass=${pass}`,
      "repo3-retention-full=1",
      ...ofS3.split("\n"),
      `repo2-s3-key=${labCredentials.accessKeyId}`,
      `repo2-s3-key-secret=${labCredentials.secretAccessKey}`,
      "start-fast=y",
    ];
  }

  /** The lab gives S3's name and authority to the target alone. */
  async #letRepositoryFindS3(): Promise<void> {
    const authorities = "/usr/local/share/ca-certificates";
    const found = await this.bash("target", `grep '^${s3Address} ' /etc/hosts; cat ${authorities}/*.crt`);
    const [names = "", ...certificate] = found.split("\n");
    await this.#write(`${authorities}/lab.crt`, certificate);
    await this.bash("repository", `echo '${names}' >>/etc/hosts; update-ca-certificates`);
  }

  #write(file: string, lines: readonly string[]): Promise<string> {
    const text = lines.join("\n");
    return this.bash("repository", `install -m 0644 /dev/stdin ${file} <<'FILE'\n${text}\nFILE`);
  }
}

function startingBackups(
  repository: EnvironmentInput["repository"],
  publicKey: string,
): EnvironmentInput["repository"] {
  const { backups } = repository.pgbackrest;
  const pgbackrest = { ...repository.pgbackrest, backups: { ...backups, startedBy: "repository" as const } };
  return { ...repository, publicKey, pgbackrest };
}

function keyPair(): { publicKey: string; privateKey: string } {
  const folder = mkdtempSync(join(tmpdir(), "trust-"));
  try {
    const file = join(folder, "key");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file]);
    return { publicKey: readFileSync(`${file}.pub`, "utf8").trim(), privateKey: readFileSync(file, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
