import { isPassing } from "./aws-error";
import type { Clock } from "./clock";

export interface Patience {
  clock: Clock;
  /** How long to wait in all, between attempts. Time asleep (a closed laptop) does not count. */
  seconds: number;
  signal?: AbortSignal;
  /** Told of each failure that is tried again; what it throws ends the attempts. */
  onRetry?: (error: unknown) => void;
  /** Which failures are worth another attempt; throttling, lost connections and AWS's own faults unless given. */
  mayPass?: (error: unknown) => boolean;
}

const firstWaitMilliseconds = 500;
const longestWaitMilliseconds = 15_000;

/** Makes the call again, ever more slowly, while it fails for a reason that may pass. Throws the last failure. */
export async function patiently<T>(call: () => Promise<T>, patience: Patience): Promise<T> {
  const { clock, signal, mayPass = isPassing } = patience;
  let waited = 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const wait = waitBefore(attempt);
      if (signal?.aborted || !mayPass(error) || waited + wait > patience.seconds * 1000) throw error;
      patience.onRetry?.(error);
      await clock.sleep(wait, signal);
      waited += wait;
    }
  }
}

// Jitter: several followers that were throttled together must not come back together.
function waitBefore(attempt: number): number {
  const wait = Math.min(firstWaitMilliseconds * 2 ** attempt, longestWaitMilliseconds);
  return wait * (0.5 + Math.random() / 2);
}
