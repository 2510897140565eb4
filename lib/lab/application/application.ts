import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Lab } from "../lab";
import { patienceMs } from "../patience";
import { type Acknowledgement, Ledger } from "./ledger";

export interface ApplicationOptions {
  /** The name of the secret that its connection stands in. */
  readonly secretName: string;
  readonly region: string;
  /** PEM: the certificates that it trusts. */
  readonly trusted: readonly string[];
}

const member = "application";
const script = join(__dirname, "main.ts");
/** It gives a row on its way eight seconds, and its sessions need a moment to end. */
const STOP_SECONDS = 15;

/** The application as the lab runs it: a process on the hosts' network that lives no longer than the lab. */
export class Application {
  private constructor(
    private readonly lab: Lab,
    private readonly child: ChildProcess,
    private readonly ledger: Ledger,
  ) {}

  /** Starts it and returns when its first row was acknowledged. */
  static async start(lab: Lab, { secretName, region, trusted }: ApplicationOptions): Promise<Application> {
    const [ledger, certificates] = [lab.file("application.ledger"), lab.file("application.crt")];
    const startedAt = Date.now();
    writeFileSync(certificates, trusted.join(""));
    const child = lab.spawnOnNetwork(member, [process.execPath, "--import", require.resolve("tsx"), script], {
      AWS_REGION: region,
      LAB_APPLICATION_SECRET: secretName,
      LAB_APPLICATION_TRUSTED: certificates,
      LAB_APPLICATION_LEDGER: ledger,
    });
    const application = new Application(lab, child, new Ledger(ledger));
    await application.waitForWrite({ since: startedAt });
    return application;
  }

  acknowledged(): readonly Acknowledgement[] {
    return this.ledger.read();
  }

  /** Waits for a row that was acknowledged after `since`, by `host` where one is named. */
  async waitForWrite(wanted: { since: number; host?: string }): Promise<Acknowledgement> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const last = this.acknowledged().at(-1);
      const isIt = last !== undefined && last.at > wanted.since && (wanted.host ?? last.host) === last.host;
      if (isIt) return last;
      if (!this.isRunning()) throw new Error(`The lab's application has ended. It said:\n${this.words()}`);
      if (Date.now() > deadline) throw new ApplicationSilent(this.words());
      await sleep(50);
    }
  }

  isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Ends it as a deployment would, and returns its exit code. */
  async stop(): Promise<number | null> {
    if (!this.isRunning()) return this.child.exitCode;
    const ended = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const late = setTimeout(() => this.child.kill("SIGKILL"), STOP_SECONDS * 1000);
    await ended;
    clearTimeout(late);
    return this.child.exitCode;
  }

  /** The last that it said. */
  words(): string {
    return this.lab.lastWordsOf(member);
  }
}

/** The application runs and no row of it was acknowledged. */
export class ApplicationSilent extends Error {
  constructor(words: string) {
    super(`The lab's application wrote nothing for ${patienceMs / 1000} s. It said:\n${words}`);
  }
}
