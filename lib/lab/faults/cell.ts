import { ApplicationSilent } from "../application/application";
import type { Ended, Migration } from "../rehearsal/migration";
import type { Side } from "../rehearsal/truth";
import { brokenPromises, type Verification, verify } from "../rehearsal/verification";
import { type Fault, faultName } from "./fault";
import type { FaultInjector, Injected } from "./injector";
import { orphansOf } from "./orphans";
import { prepareSourceDisk } from "./strikes/fill-disk";

/** How a fault went. */
export interface CellResult {
  readonly fault: Fault;
  /** What became of the run and of the step that was struck. */
  readonly outcome: string;
  readonly verification: Verification;
  /** The faulted automation, as the operator's command line told it. */
  readonly ended: Ended;
  /** Whether the truth is where the automation leads. */
  readonly moved: boolean;
  /** The promises that were not kept, a sentence each. */
  readonly broken: readonly string[];
}

/** An automation without a fault failed: the lab is in no state for a further cell. */
export class CannotGoOn extends Error {
  override readonly name = "CannotGoOn";
}

const LAST_LINES = 12;

/** Where the truth is before each automation, and where it leads. */
const ways = {
  Cutover: { from: "source", to: "target" },
  Rollback: { from: "target", to: "source" },
} as const;

/** Cells of the fault matrix, one after another in one lab: each leaves it as the next can use it. */
export class FaultChain {
  /** What a cell was allowed to leave: the cells after it in this lab find it too. */
  readonly #stayed = new Set<string>();

  constructor(
    private readonly migration: Migration,
    private readonly injector: FaultInjector,
    /** The source's jobs before anything was done. */
    private readonly jobs: string,
    private readonly log: (line: string) => void,
  ) {}

  /** The whole cell: the fault strikes, and where the truth stayed the same automation without a fault succeeds. */
  async run(fault: Fault): Promise<CellResult> {
    const result = await this.strike(fault);
    return result.moved ? result : { ...result, broken: [...result.broken, ...(await this.again(fault))] };
  }

  /** Lets the fault strike, and looks whether the promises were kept. */
  async strike(fault: Fault): Promise<CellResult> {
    const { automation } = fault.step;
    await this.leadTo(ways[automation].from);
    this.log(`${faultName(fault)}: ${automation.toLowerCase()}`);
    const { ended, injected } = await this.#struck(fault);
    const truth = await this.migration.truth();
    const broken = [
      ...unstruck(fault, injected, ended),
      ...this.#misled(fault, ended, truth),
      ...(await this.#silence(truth)),
    ];
    const verification = await verify(this.migration, ended.startedAt, truth);
    broken.push(...brokenPromises(verification, 0));
    if (truth !== null) {
      const orphans = await orphansOf(this.migration.options.lab, truth, this.jobs);
      for (const orphan of orphans) if (mayStay(orphan, fault)) this.#stayed.add(orphan);
      broken.push(
        ...orphans.filter((orphan) => !this.#stayed.has(orphan)).map((orphan) => `Left behind: ${orphan}.`),
      );
    }
    const moved = truth !== ways[automation].from;
    const outcome = `run ${String(ended.report?.["outcome"] ?? "without a report")}, step ${injected.stepStatus ?? "not reached"}`;
    return { fault, outcome, verification, ended, moved, broken };
  }

  /** The cell's automation once more, without a fault; what is not as it should be then, a sentence each. */
  async again({ step }: Fault): Promise<string[]> {
    await this.leadTo(ways[step.automation].from);
    return this.#unharmed(step.automation);
  }

  /** Moves the truth to a side by an automation without a fault. */
  async leadTo(side: Side): Promise<void> {
    const truth = await this.migration.truth();
    if (truth === side) return;
    const automation = side === "target" ? "Cutover" : "Rollback";
    const broken = await this.#unharmed(automation);
    if (broken.length > 0) throw new CannotGoOn(broken.join(" "));
  }

  async #struck(fault: Fault): Promise<{ ended: Ended; injected: Injected }> {
    const { lab } = this.migration.options;
    const isOnSource = ["fill-disk", "keep-disk-full"].includes(fault.kind) && fault.step.host === "source";
    const putBack = isOnSource ? await prepareSourceDisk(lab.lab.hosts.source, lab.environment) : undefined;
    this.injector.arm(fault, lab);
    const ended = await this.#run(fault.step.automation);
    const injected = await this.injector.settled();
    await putBack?.();
    return { ended, injected };
  }

  /** The run's own end says which side must be the truth; before the switch it is where it was. */
  #misled({ step }: Fault, { exitCode }: Ended, truth: Side | null): string[] {
    const { from, to } = ways[step.automation];
    if (exitCode === 0) return truth === to ? [] : [`The run succeeded, and the truth is not the ${to}.`];
    if (step.place === "before the switch" && truth !== from) {
      return [`The fault struck before the switch, and the truth is not the ${from}.`];
    }
    if (step.place === "after the switch" && truth !== to) {
      return [`The fault struck after the switch, and the truth is not the ${to}.`];
    }
    return [];
  }

  async #silence(truth: Side | null): Promise<string[]> {
    if (truth === null) return [];
    try {
      await this.migration.writesAgain(truth);
      return [];
    } catch (error) {
      if (!(error instanceof ApplicationSilent)) throw error;
      return [`The application does not write on the ${truth} again by itself.`];
    }
  }

  /** The same automation without a fault: it succeeds, and nothing is lost by it either. */
  async #unharmed(automation: Fault["step"]["automation"]): Promise<string[]> {
    this.log(`${automation.toLowerCase()} without a fault`);
    const { to } = ways[automation];
    const ended = await this.#run(automation);
    if (ended.exitCode !== 0) return [`The ${automation.toLowerCase()} after it failed. ${lastSaid(ended)}`];
    const silence = await this.#silence(to);
    return [...silence, ...brokenPromises(await verify(this.migration, ended.startedAt, to), 0)];
  }

  #run(automation: Fault["step"]["automation"]): Promise<Ended> {
    return automation === "Cutover" ? this.migration.cutover() : this.migration.rollback();
  }
}

function unstruck(fault: Fault, { struckAt, stepStatus }: Injected, ended: Ended): string[] {
  if (struckAt !== null) return [];
  const why =
    stepStatus === null ? `was not reached. ${lastSaid(ended)}` : `was over too soon (${stepStatus}).`;
  return [`The fault never struck: ${faultName(fault)} ${why}`];
}

/** How the operator's command line ended what it told of a run that nobody watched. */
function lastSaid({ exitCode, said }: Ended): string {
  const lines = said.trimEnd().split("\n").slice(-LAST_LINES).join("\n");
  return `It ended with exit code ${exitCode}:\n${lines}`;
}

/** What the step that was struck was there to take away may stay. */
function mayStay(orphan: string, { step }: Fault): boolean {
  if (!orphan.includes(": file ")) return false;
  return step.name === "releaseSource" || step.name === "unlock";
}
