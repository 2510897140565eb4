import { setTimeout as sleep } from "node:timers/promises";
import type { Strike } from "./strike";

const LONGEST_MILLISECONDS = 5_000;

/** The step's script may not be there yet, so it is looked for. */
export const killAgent: Strike = async ({ endpoint, host, struck }) => {
  const deadline = Date.now() + LONGEST_MILLISECONDS;
  while ((await endpoint.killScripts(host.instanceId)) === 0) {
    if (Date.now() > deadline) return;
    await sleep(50);
  }
  struck();
};
