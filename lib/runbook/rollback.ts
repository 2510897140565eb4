import type { Construct } from "constructs";
import { parameterReference } from "../ssm/reference";
import { automation, type Runbook } from "./automation";
import { cutoverRunId } from "./cutover-run-id";
import { leadToSource } from "./lead-application";
import { carryWrites } from "./parameters";
import { Run } from "./run";
import { settled } from "./settled";

/**
 * The way back after a switch, with the writes made since: saved always, and carried to the source where that is wanted.
 *
 * Until the secret is switched back every failure and every cancel opens the target again; after it the source is the
 * truth, and every further step is tried whatever becomes of those before it.
 */
export function rollback(scope: Construct, runbook: Runbook) {
  const { steps } = runbook;
  const run = new Run(runbook);
  const unfenced = run.leadingTo("releaseSource");
  const fenced = run.leadingTo("reopenTarget");
  const switching = run.leadingTo("settleBack").persistently();
  const switchedBack = run.goingOn({ cancelled: "recordRollback" });
  const opening = run.leadingTo("reopenTargetAgain").persistently().thenTo("releaseSource");
  const ofCutover = { CutoverRunId: parameterReference("CutoverRunId") };
  // The source was marked as switched away from, which no other automation undoes.
  const anyway = { Rollback: "yes" };
  const ownFence = { Fence: "own" };
  return automation(scope, runbook, {
    name: "Rollback",
    description: "Takes a cutover back: fences the target, saves its writes and switches to the source.",
    parameters: { CutoverRunId: cutoverRunId, CarryWrites: carryWrites },
    steps: [
      run.lock(),
      unfenced.onTarget("inspectRollback", steps.inspectRollback, ofCutover),

      fenced.onTarget("fenceTarget", steps.fenceTarget),
      fenced.onTarget("proveQuietTarget", steps.proveQuietTarget),
      // What it lists is for people to read: nobody's rollback fails for it.
      run
        .goingOnOnce({ cancelled: "reopenTarget" })
        .onTarget("changedDefinitions", steps.changedDefinitions, ofCutover),
      fenced.onTarget("saveWrites", steps.saveWrites, ofCutover),
      fenced.branch("whetherToCarry", {
        choices: [
          {
            when: { variable: parameterReference("CarryWrites"), operator: "StringEquals", value: "yes" },
            nextStep: "applyWrites",
          },
        ],
        default: "proveQuietTargetAgain",
      }),
      fenced.onDumpHost("applyWrites", steps.applyWrites, ofCutover),
      // Hours may have passed since: what somebody wrote meanwhile who gets through a fence is not among the saved.
      fenced.onTarget("proveQuietTargetAgain", steps.proveQuietTarget),

      switching.onTarget("switchBack", steps.switchBack, ofCutover),
      ...settled(run, "settleBack", steps.settle, [
        { truth: "source", nextStep: "reopenSource" },
        { truth: "target", nextStep: "reopenTarget" },
      ]),

      run.goingOn({ cancelled: "reopenSourceAgain" }).onDumpHost("reopenSource", steps.reopenSource, anyway),
      ...leadToSource(switchedBack, runbook, ofCutover),
      switchedBack.onDumpHost("smokeTestSource", steps.smokeTestSource),
      // Where that failed before: the source is the truth, and nobody else opens it.
      switchedBack.onDumpHost("reopenSourceLast", steps.reopenSource, anyway),
      run
        .goingOn({ cancelled: "releaseSource" })
        .anywayTo("releaseSource")
        .onTarget("recordRollback", steps.recordRollback, ofCutover),

      opening.onTarget("reopenTarget", steps.reopenTarget, ownFence),
      unfenced
        .persistently()
        .thenTo("releaseSource")
        .onTarget("reopenTargetAgain", steps.reopenTarget, ownFence),
      unfenced.persistently().onDumpHost("reopenSourceAgain", steps.reopenSource, anyway),
      ...run.cleanUp(steps.releaseSource),
    ],
    outputs: [
      "inspectRollback.Output",
      "saveWrites.Output",
      "smokeTestSource.Output",
      "recordRollback.Output",
    ],
  });
}
