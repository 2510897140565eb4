import { setTimeout as sleep } from "node:timers/promises";
import type { RehearsalLab } from "../rehearsal/rehearsal-lab";
import type { RunbookStep } from "./runbook-steps";

/** An earlier step that is made to fail, since the step of the fault is only reached so. */
export interface Provocation {
  readonly step: string;
  /** Its scripts are killed at every attempt, or the run is cancelled in it. */
  readonly by: "killing" | "cancel";
}

/** The steps that no run reaches in which all goes well, and what leads there. */
const ways: Readonly<Record<string, readonly Provocation[]>> = {
  "Cutover.settleOnSource": [{ step: "settle", by: "killing" }],
  "Cutover.settleOnSourceAgain": [
    { step: "settle", by: "killing" },
    { step: "settleOnSource", by: "killing" },
  ],
  "Cutover.settleAgain": [
    { step: "settle", by: "killing" },
    { step: "settleOnSource", by: "killing" },
    { step: "settleOnSourceAgain", by: "killing" },
  ],
  "Cutover.closeTargetAgain": [{ step: "activate", by: "killing" }],
  "Cutover.reopenSource": [{ step: "proveQuiet", by: "killing" }],
  "Cutover.reopenSourceAgain": [
    { step: "proveQuiet", by: "killing" },
    { step: "reopenSource", by: "killing" },
  ],
  "Cutover.releaseSourceFirst": [
    { step: "proveQuiet", by: "killing" },
    { step: "reopenSource", by: "killing" },
    { step: "reopenSourceAgain", by: "killing" },
  ],
  "Cutover.reopenSourceLast": [
    { step: "proveQuiet", by: "killing" },
    { step: "reopenSource", by: "killing" },
    { step: "reopenSourceAgain", by: "killing" },
  ],
  "Rollback.settleBackOnTarget": [{ step: "settleBack", by: "killing" }],
  "Rollback.settleBackOnTargetAgain": [
    { step: "settleBack", by: "killing" },
    { step: "settleBackOnTarget", by: "killing" },
  ],
  "Rollback.settleBackAgain": [
    { step: "settleBack", by: "killing" },
    { step: "settleBackOnTarget", by: "killing" },
    { step: "settleBackOnTargetAgain", by: "killing" },
  ],
  "Rollback.reopenTarget": [{ step: "proveQuietTarget", by: "killing" }],
  "Rollback.reopenTargetAgain": [
    { step: "proveQuietTarget", by: "killing" },
    { step: "reopenTarget", by: "killing" },
  ],
  "Rollback.reopenSourceAgain": [{ step: "reopenSource", by: "cancel" }],
};

export function provocationsOf({ automation, name }: RunbookStep): readonly Provocation[] {
  return ways[`${automation}.${name}`] ?? [];
}

/** Lets the step fail until it is over; a cancel comes when it is so many milliseconds old. */
export async function provoke(
  { by }: Provocation,
  { endpoint, lab }: RehearsalLab,
  { executionId, intoStep }: { readonly executionId: string; readonly intoStep: number },
  over: AbortSignal,
): Promise<void> {
  if (by === "cancel") {
    await sleep(intoStep);
    endpoint.stopAutomation(executionId);
    return;
  }
  const { source, target } = lab.hosts;
  while (!over.aborted) {
    await Promise.all([endpoint.killScripts(source.instanceId), endpoint.killScripts(target.instanceId)]);
    await sleep(50);
  }
}
