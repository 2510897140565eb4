/** Time as the endpoint sees it, so that a test need not wait out a delivery timeout or an approval of seven days. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `action` once after so many seconds; the function returned calls it off. */
  after(seconds: number, action: () => void): () => void;
}

// setTimeout fires at once for more than 2^31 - 1 ms, and an approval may wait 30 days.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(seconds, action) {
    let timer: NodeJS.Timeout;
    const arm = (remaining: number): void => {
      const leg = Math.min(remaining, LONGEST_TIMER_MS);
      timer = setTimeout(() => (remaining > leg ? arm(remaining - leg) : action()), leg);
    };
    arm(seconds * 1000);
    return () => clearTimeout(timer);
  },
};

/** Resolves after so many seconds, or as soon as `signal` is aborted; true when the time went by. */
export function pause(clock: Clock, seconds: number, signal?: AbortSignal): Promise<boolean> {
  if (signal?.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const interrupt = (): void => finish(false);
    const callOff = clock.after(seconds, () => finish(true));
    const finish = (elapsed: boolean): void => {
      callOff();
      signal?.removeEventListener("abort", interrupt);
      resolve(elapsed);
    };
    signal?.addEventListener("abort", interrupt);
  });
}
