import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { environments } from "../../../bin/environments";
import { validateEnvironment } from "../../../lib/config/validate";
import type { Application } from "../../../lib/lab/application/application";
import { startApplication } from "../../../lib/lab/rehearsal/lab-application-run";
import { archiveOldHost } from "../../../lib/lab/rehearsal/old-host-archiving";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { seedSample } from "../../../lib/lab/seed/seed";
import { sourceIdentity } from "../../../lib/runbook/source-identity";
import { secondsAlone } from "../../harness/unhurried";
import { bash } from "../on-host";
import { prepared, startRehearsalLab } from "../start-rehearsal-lab";

const operator = join(__dirname, "../../../bin/lab-cutover.ts");

/** What `cutover check --json` printed and ended with. */
export interface Checked {
  readonly exitCode: number | null;
  readonly checks: readonly { id: string; where: string; finding: string; verdict: string; remedy: string }[];
  /** What the whole command took, as if nothing else had been at work on this machine: other labs may be. */
  readonly seconds: number;
}

/** A lab that is as the plan has it on the eve of the window, with an application that writes all along. */
export class HealthyLab {
  private constructor(
    readonly rehearsal: RehearsalLab,
    readonly application: Application,
  ) {}

  static async start(): Promise<HealthyLab> {
    const rehearsal = await startRehearsalLab({
      // Sparse: as large as the environment says, and taking what is written to it.
      targetVolumeMb: validateEnvironment(environments.prod).target.dataVolumeGiB * 1024,
    });
    return prepared(rehearsal, async () => {
      await rehearsal.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
      await seedSample(rehearsal.lab.hosts.source, { database: "tracker", sizeMb: 25 });
      await archiveOldHost(rehearsal);
      await recordRehearsal(rehearsal);
      return new HealthyLab(rehearsal, await startApplication(rehearsal));
    });
  }

  /** The operator's command as a process of its own. */
  async check(): Promise<Checked> {
    const started = Date.now();
    const argv = ["--import", require.resolve("tsx"), operator, "check", "--env", "prod", "--json"];
    const child = spawn(process.execPath, argv, {
      env: { ...process.env, ...this.rehearsal.operatorEnvironment() },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(child, "close") as Promise<[number | null]>;
    const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    const seconds = secondsAlone((Date.now() - started) / 1000);
    if (!stdout.startsWith("{")) throw new Error(`cutover check printed no checks: ${stdout}\n${stderr}`);
    return { exitCode, seconds, ...(JSON.parse(stdout) as Pick<Checked, "checks">) };
  }

  async stop(): Promise<void> {
    await this.application.stop();
    await this.rehearsal.stop();
  }
}

/** The record that a real rehearsal leaves, which takes a minute: test/lab/rehearsal has it made. */
async function recordRehearsal({ environment, lab }: RehearsalLab): Promise<void> {
  const record = {
    kind: "rehearsal",
    run: "r20261205-010000-abcd",
    database: environment.database.name,
    source: sourceIdentity(environment),
    outcome: "succeeded",
    finishedAt: new Date().toISOString(),
    databaseBytes: 25 * 1024 ** 2,
    seconds: 30,
  };
  const file = "/var/lib/postgresql/timescale-cutover/rehearsal.json";
  await bash(
    lab.hosts.target,
    `install -D -m 0600 /dev/null ${file}; cat >${file} <<<'${JSON.stringify(record)}'`,
  );
}
