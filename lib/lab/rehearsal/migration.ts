import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Application } from "../application/application";
import { runOperator, runOperatorForJson, runOperatorUnseen } from "./cutover-process";
import type { RehearsalLab } from "./rehearsal-lab";
import { type Side, truthOf } from "./truth";

/** An automation that has ended, as the operator's command line told it. */
export interface Ended {
  /** When it was started, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly exitCode: number;
  /** report.json; null where it left none. */
  readonly report: Readonly<Record<string, unknown>> | null;
  /** Where nothing was shown: what would have been. */
  readonly said: string;
}

export interface MigrationOptions {
  readonly lab: RehearsalLab;
  readonly application: Application;
  /** The operator's script. */
  readonly cutover: string;
  readonly carryWrites: boolean;
  /** Whether the operator's own progress is shown. */
  readonly shows: "progress" | "nothing";
}

/** The operator's commands in the lab, one by one, with the application writing all along. */
export class Migration {
  constructor(readonly options: MigrationOptions) {}

  rehearse(): Promise<Ended> {
    return this.run("rehearse");
  }

  cutover(): Promise<Ended> {
    return this.run("run", "--confirm", this.database, "--approve");
  }

  rollback(): Promise<Ended> {
    const carry = this.options.carryWrites ? "--carry-writes" : "--no-carry-writes";
    return this.run("rollback", "--confirm", this.database, carry);
  }

  /** A restore drill from each repository; what `cutover drill --json` printed. */
  drill(): Promise<{ exitCode: number; json: unknown }> {
    const { cutover, lab, shows } = this.options;
    return runOperatorForJson(
      { cutover, environment: lab.operatorEnvironment() },
      ["drill", "--env", lab.environment.name],
      shows === "progress" ? "shown" : "unseen",
    );
  }

  truth(): Promise<Side | null> {
    return truthOf(this.options.lab);
  }

  /** Waits until the application has written to this side; throws ApplicationSilent where it does not. */
  async writesAgain(side: Side): Promise<void> {
    const { application, lab } = this.options;
    const host = lab.lab.hosts[side].address;
    await application.waitForWrite({ since: Date.now(), host });
  }

  private get database(): string {
    return this.options.lab.environment.database.name;
  }

  private async run(...argv: string[]): Promise<Ended> {
    const { cutover, lab, shows } = this.options;
    const folder = mkdtempSync(join(tmpdir(), "timescale-cutover-"));
    const startedAt = Date.now();
    try {
      const operator = { cutover, environment: lab.operatorEnvironment() };
      const commandLine = [...argv, "--env", lab.environment.name, "--report", folder];
      const run =
        shows === "progress"
          ? { exitCode: await runOperator(operator, commandLine, "with progress"), said: "" }
          : await runOperatorUnseen(operator, commandLine);
      return { startedAt, ...run, report: readReport(join(folder, "report.json")) };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

function readReport(file: string): Ended["report"] {
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
}
