import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../../../bin/environments";
import { dataDirectory, parameterName } from "../../../lib/config/derived";
import type { HostName } from "../../../lib/lab/host";
import { readParameter, readSecret } from "../../../lib/lab/rehearsal/aws-contents";
import { archiveOldHost } from "../../../lib/lab/rehearsal/old-host-archiving";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
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
      rehearsed: { ...prod, repository: { ...prod.repository, publicKey } },
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
    const { code, stdout, stderr } = await this.rehearsal.lab.hosts[host].run(argv, { timeoutMs: 120_000 });
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

  /** As the cutover's activation does, but for the repository in S3: the AWS doubles have no TLS for it. */
  async #archiveOnTarget(): Promise<void> {
    const { major } = this.rehearsal.lab.postgresql;
    await this.bash(
      "target",
      `sed -i /^repo2-/d /etc/pgbackrest.conf
       install -m 0644 /dev/stdin /etc/postgresql/${major}/main/conf.d/archiving.conf <<'CONF'
archive_mode = on
archive_command = 'pgbackrest --stanza=tracker-ts archive-push "%p"'
CONF
       systemctl restart postgresql@${major}-main`,
    );
  }

  /** The repository host's own configuration for the target's cluster, and the target's host key pinned there. */
  async #backUpFromRepository(): Promise<void> {
    const { aws, environment } = this.rehearsal;
    const { repository, versions, target } = environment;
    const { repo3 } = repository.pgbackrest;
    const pass = repo3.cipher.type === "none" ? "" : await readSecret(aws, repo3.cipher.passSecret);
    const hostKey = await readParameter(aws, parameterName(environment, "ssh-host-key"));
    const { privateAddress } = target.network;
    await this.giveRepositorysKey("repository");
    await this.bash(
      "repository",
      `cat >/etc/pgbackrest.conf <<'CONF'
[global]
repo3-path=${repo3.path}
repo3-cipher-type=aes-256-cbc
repo3-cipher-pass=${pass}
repo3-retention-full=1
start-fast=y
[tracker-ts]
pg1-host=${privateAddress}
pg1-host-user=postgres
pg1-path=${dataDirectory(versions, target)}
CONF
       cd /var/lib/postgresql/.ssh
       echo '${privateAddress} ${hostKey}' >known_hosts
       printf '%s\\n' 'IdentityFile ~/.ssh/repository' 'StrictHostKeyChecking yes' 'BatchMode yes' >config
       chown postgres: known_hosts config`,
    );
  }
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
