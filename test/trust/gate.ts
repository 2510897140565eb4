import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const script = join(__dirname, "..", "..", "assets", "trust", "pgbackrest-only.sh");

export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The arguments that pgBackRest was started with; undefined where it was not. */
  readonly started: string[] | undefined;
  /** What was written to the log. */
  readonly logged: string;
}

/** The forced command as sshd runs it, in a folder of its own, with stand-ins for pgbackrest and logger in the PATH. */
export class Gate {
  readonly folder = mkdtempSync(join(tmpdir(), "pgbackrest-only-"));

  constructor() {
    // Zero bytes part the arguments: a word that was torn or joined would show.
    this.#standIn(
      "pgbackrest",
      `printf '%s\\0' "$@" >${this.folder}/arguments; env >${this.folder}/environment`,
    );
    this.#standIn("logger", `printf '%s\\n' "$*" >>${this.folder}/log`);
  }

  ask(words: readonly string[], asked: string | undefined, env: Record<string, string> = {}): Answer {
    for (const left of ["arguments", "environment", "log"]) rmSync(join(this.folder, left), { force: true });
    const { status, stdout, stderr } = spawnSync("/bin/bash", [script, ...words], {
      cwd: this.folder,
      encoding: "utf8",
      env: {
        PATH: `${this.folder}:/usr/bin:/bin`,
        HOME: this.folder,
        ...(asked !== undefined && { SSH_ORIGINAL_COMMAND: asked }),
        ...env,
      },
    });
    const started = this.read("arguments")?.split("\0").slice(0, -1);
    return { code: status, stdout, stderr, started, logged: this.read("log") ?? "" };
  }

  read(file: string): string | undefined {
    const path = join(this.folder, file);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  }

  make(commands: string): void {
    execFileSync("/bin/bash", ["-euo", "pipefail", "-c", commands], { cwd: this.folder });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  #standIn(name: string, body: string): void {
    writeFileSync(join(this.folder, name), `#!/bin/bash\n${body}\n`);
    chmodSync(join(this.folder, name), 0o755);
  }
}

/** The command lines of pgBackRest 2.55.1 as a repository host and a cluster's host were sent them, options first. */
const always = "--exec-id=1206-30985ab1";
const quiet = "--log-level-console=off --log-level-file=off --log-level-stderr=error";
export const repositoryPath = "/var/pg_backrest_data/repo3";
const repo = `--process=1 --remote-type=repo --repo=3 --repo3-path=${repositoryPath} --stanza=tracker-ts`;
export const clusterPath = "/var/lib/postgresql/16/main";
const pg1 = `--pg1-path=${clusterPath}`;
const archiveLock = "--lock=tracker-ts-archive-3.lock";
const backupLock = "--lock=tracker-ts-backup-3.lock";

export const toRepository = {
  push: `pgbackrest --archive-async ${always} ${archiveLock} ${quiet} ${repo} archive-push:remote`,
  getAtOnce: `pgbackrest ${always} ${quiet} --no-archive-async ${pg1} ${repo} archive-get:remote`,
  get: `pgbackrest --archive-async ${always} ${quiet} ${pg1} ${repo} archive-get:remote`,
  check: `pgbackrest ${always} ${quiet} ${pg1} ${repo} check:remote`,
  create: `pgbackrest ${always} ${archiveLock} ${backupLock} ${quiet} ${pg1} ${repo} stanza-create:remote`,
  backup: `pgbackrest ${always} ${backupLock} ${quiet} ${pg1} ${repo} backup:remote`,
  info: `pgbackrest ${always} ${quiet} ${repo} info:remote`,
  expire: `pgbackrest ${always} ${backupLock} ${quiet} ${repo} expire:remote`,
  verify: `pgbackrest ${always} ${quiet} ${repo} verify:remote`,
  restore: `pgbackrest ${always} ${quiet} --pg1-path=/var/lib/postgresql/drill ${repo} restore:remote`,
  tuned: `pgbackrest --buffer-size=1MiB --db-timeout=1000 ${always} --io-timeout=50 ${backupLock} --log-level-console=off --log-level-file=debug --log-level-stderr=error --log-subprocess --no-neutral-umask ${pg1} --protocol-timeout=1100 ${repo} --sck-keep-alive --tcp-keep-alive-idle=30 backup:remote`,
} as const;

const pg = `--process=0 --remote-type=pg --stanza=tracker-ts`;
export const toCluster = {
  check: `pgbackrest ${always} ${quiet} ${pg1} ${pg} check:remote`,
  create: `pgbackrest ${always} ${archiveLock} ${backupLock} ${quiet} ${pg1} ${pg} stanza-create:remote`,
  backup: `pgbackrest ${always} ${backupLock} ${quiet} ${pg1} ${pg} backup:remote`,
  socket: `pgbackrest ${always} ${backupLock} ${quiet} ${pg1} --pg1-port=5433 --pg1-socket-path=/run/postgresql ${pg} backup:remote`,
} as const;
