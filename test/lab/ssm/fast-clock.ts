import type { Clock } from "../../../lib/lab/ssm/clock";

/** A clock on which `factor` seconds pass in one: a timeout of an hour need not be waited out. */
export function fastClock(factor: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * factor,
    after(seconds, action) {
      const timer = setTimeout(action, Math.min((seconds * 1000) / factor, 2 ** 31 - 1));
      return () => clearTimeout(timer);
    },
  };
}
