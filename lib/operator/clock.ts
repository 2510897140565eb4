import { setTimeout as delay } from "node:timers/promises";

/** Time, as the engine sees it: a test hands in one that does not wait. */
export interface Clock {
  now(): Date;
  /** Waits that many milliseconds; rejects with an AbortError once the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, signal ? { signal } : {});
  },
};
