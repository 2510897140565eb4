import { setTimeout as sleep } from "node:timers/promises";

/** Lets so many a second through, and does not catch up on what was missed while nobody came. */
export class Pace {
  readonly #milliseconds: number;
  #next = 0;

  constructor(perSecond: number) {
    this.#milliseconds = 1000 / perSecond;
  }

  async turn(): Promise<void> {
    const at = Math.max(Date.now(), this.#next);
    this.#next = at + this.#milliseconds;
    await sleep(at - Date.now());
  }
}
