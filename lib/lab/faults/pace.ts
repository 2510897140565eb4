import type { ObservedStep } from "../ssm/endpoint";

/** Into a step whose length nobody saw: its script has begun, and the shortest runs still. */
const INTO_THE_STEP_MILLISECONDS = 150;
/** Into a step that was seen: in the middle of its work, and not after all of it. */
const INTO_THE_STEP_SHARE = 0.4;
const LATEST_MILLISECONDS = 300;

/** How long each step took when it was last seen to its end. */
export class Pace {
  readonly #begun = new Map<string, number>();
  readonly #milliseconds = new Map<string, number>();

  note({ document, step, executionId, status }: ObservedStep): void {
    const [run, name] = [`${executionId} ${step}`, `${document} ${step}`];
    if (status === "InProgress") this.#begun.set(run, Date.now());
    else if (status === "Success") this.#milliseconds.set(name, Date.now() - (this.#begun.get(run) ?? 0));
  }

  /** How long to wait from a step's beginning until it is struck. */
  intoStep({ document, step }: ObservedStep): number {
    const seen = this.#milliseconds.get(`${document} ${step}`);
    return seen === undefined
      ? INTO_THE_STEP_MILLISECONDS
      : Math.min(seen * INTO_THE_STEP_SHARE, LATEST_MILLISECONDS);
  }
}
