import { loadavg } from "node:os";
import { processors } from "./processors";

/**
 * What a bound of time is held against: how long something that took so many seconds would have taken alone. Labs and
 * other work share the processors, and the load of the last minutes says among how many.
 */
export function secondsAlone(seconds: number): number {
  const [lastMinute = 0, lastFiveMinutes = 0] = loadavg();
  return seconds / Math.max(1, lastMinute / processors(), lastFiveMinutes / processors());
}
