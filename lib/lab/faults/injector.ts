import { setTimeout as sleep } from "node:timers/promises";
import { documentName } from "../../config/derived";
import type { RehearsalLab } from "../rehearsal/rehearsal-lab";
import type { ObservedStep } from "../ssm/endpoint";
import { type Fault, faultName } from "./fault";
import { Pace } from "./pace";
import { provoke, type Provocation, provocationsOf } from "./provocation";
import { strikes } from "./strikes/all";
import type { Scene } from "./strikes/strike";

interface Armed {
  readonly fault: Fault;
  readonly lab: RehearsalLab;
  readonly provocations: readonly Provocation[];
}

/** How an armed fault went. */
export interface Injected {
  /** Milliseconds since the epoch; null for a fault that did not strike. */
  readonly struckAt: number | null;
  /** What the step that was struck ended with; null while it has not. */
  readonly stepStatus: string | null;
}

/** Watches the automations' steps and lets an armed fault strike once, when its step has begun. */
export class FaultInjector {
  #armed: Armed | undefined;
  #work: Promise<void> = Promise.resolve();
  #struckAt: number | null = null;
  #stepStatus: string | null = null;
  #endStep: (() => void) | undefined;
  #endRun: (() => void) | undefined;
  #provoking: AbortController | undefined;
  readonly #pace = new Pace();

  arm(fault: Fault, lab: RehearsalLab): void {
    this.#armed = { fault, lab, provocations: provocationsOf(fault.step) };
    this.#work = Promise.resolve();
    [this.#struckAt, this.#stepStatus] = [null, null];
  }

  /** To be handed to the lab's SSM endpoint. */
  readonly onStep = (step: ObservedStep): void => {
    this.#pace.note(step);
    if (this.#armed === undefined || !isOf(this.#armed, step)) return;
    if (step.step !== this.#armed.fault.step.name) this.#provoke(this.#armed, step);
    else if (step.status === "InProgress" && this.#endStep === undefined) this.#begin(this.#armed, step);
    else if (step.status !== "InProgress") this.#end(step.status);
  };

  /** Returns when what was broken is mended; a strike that failed is thrown. */
  async settled(): Promise<Injected> {
    this.#armed = undefined;
    this.#provoking?.abort();
    this.#endStep?.();
    this.#endStep = undefined;
    this.#endRun?.();
    await this.#work;
    return { struckAt: this.#struckAt, stepStatus: this.#stepStatus };
  }

  /** Lets an earlier step fail, at every attempt, so that the run takes the way on which the fault's step lies. */
  #provoke({ lab, provocations }: Armed, observed: ObservedStep): void {
    const provocation = provocations.find(({ step }) => step === observed.step);
    if (provocation === undefined) return;
    this.#provoking?.abort();
    if (observed.status !== "InProgress") return;
    const over = (this.#provoking = new AbortController()).signal;
    const { executionId } = observed;
    this.#work = provoke(provocation, lab, { executionId, intoStep: this.#pace.intoStep(observed) }, over);
    this.#work.catch(() => undefined);
  }

  #begin(armed: Armed, step: ObservedStep): void {
    const stepEnded = new Promise<void>((resolve) => (this.#endStep = resolve));
    const runEnded = new Promise<void>((resolve) => (this.#endRun = resolve));
    this.#work = this.#strike(armed, step, { stepEnded, runEnded });
    // Thrown where it is waited for; until then it is nobody's unhandled rejection.
    this.#work.catch(() => undefined);
  }

  #end(status: string): void {
    this.#stepStatus ??= status;
    this.#endStep?.();
  }

  async #strike(
    { fault, lab }: Armed,
    step: ObservedStep,
    ends: Pick<Scene, "stepEnded" | "runEnded">,
  ): Promise<void> {
    const { executionId } = step;
    // An approval is answered as soon as it is asked for.
    if (fault.step.host !== null) await sleep(this.#pace.intoStep(step));
    const side = fault.step.host ?? "target";
    const { hosts, network, postgresql } = lab.lab;
    await strikes[fault.kind]({
      ...{ side, host: hosts[side], hosts, network, executionId, aws: lab.aws, ...ends },
      ...{ environment: lab.environment, postgresqlMajor: postgresql.major, endpoint: lab.endpoint },
      struck: () => (this.#struckAt = Date.now()),
    }).catch((error: unknown) => {
      throw new Error(`The fault ${faultName(fault)} could not be made or mended.`, { cause: error });
    });
  }
}

function isOf({ fault, lab }: Armed, { document }: ObservedStep): boolean {
  return document === documentName(lab.environment, fault.step.automation);
}
