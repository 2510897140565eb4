import type { Construct } from "constructs";
import { parameterReference } from "../ssm/reference";
import { approval } from "./approval";
import { automation, type Runbook } from "./automation";
import { targetInstanceId } from "./find-target";
import { copyOfDatabase } from "./copy-of-database";
import { inFlight } from "./fence-parameters";
import { leadToTarget } from "./lead-application";
import { accept, allow, replace } from "./parameters";
import { Run } from "./run";
import { settled } from "./settled";

/**
 * The window. One side accepts the application's writes: the source until the fence, nobody until the switch, the target
 * from then on.
 *
 * Until the switch every failure and every cancel opens the source again. The switch is the point of no return: after it
 * nothing goes back by itself, and every further step is tried whatever becomes of those before it.
 */
export function cutover(scope: Construct, runbook: Runbook) {
  const { environment, steps } = runbook;
  const run = new Run(runbook);
  const allowed = { Allow: parameterReference("Allow") };
  const ownFence = { Fence: "own" };
  const replaced = { Replace: parameterReference("Replace") };
  const unfenced = run.leadingTo("releaseSource");
  const fenced = run.leadingTo("reopenSource");
  const activated = run.leadingTo("closeTargetAgain");
  const switching = run.leadingTo("settle").persistently();
  // A cancel comes too late to stay at the source: what is left is to let the target's jobs run, and to record it.
  const switched = run.goingOn({ cancelled: "startWorkers" });
  const opening = run.leadingTo("reopenSourceAgain").persistently().thenTo("releaseSource");
  return automation(scope, runbook, {
    name: "Cutover",
    description: "Moves the application to the target: fences the source, copies, compares and switches.",
    parameters: { Replace: replace, InFlight: inFlight, Allow: allow, Accept: accept },
    steps: [
      run.lock(),
      unfenced.onDumpHost("inspectSource", steps.inspectSource),
      unfenced.onTarget("inspectTarget", steps.inspectTarget, replaced),
      unfenced.onTarget("inspectApplication", steps.inspectApplication),
      unfenced.onDumpHost("checkSource", steps.checkSource, allowed),
      unfenced.onDumpHost("checkDatabase", steps.checkDatabase, allowed),
      unfenced.onTarget("checkTarget", steps.checkTarget, { ...allowed, ...replaced }),
      unfenced.onTarget("checkRepository", steps.checkRepository, allowed),
      unfenced.onTarget("checkAws", steps.checkAws, { ...allowed, TargetInstance: targetInstanceId }),
      unfenced.onTarget("gate", steps.gate, allowed),
      unfenced.approve(approval(environment)),
      // Not before the gate: where an earlier cutover switched, this database is the truth.
      unfenced.onTarget("closeTarget", steps.closeTarget),
      unfenced.onTarget("prepareStanza", steps.prepareStanza),
      // The approval may have come late.
      unfenced.onTarget("gateAgain", steps.gate, allowed),

      fenced.onDumpHost("fenceSource", steps.fenceSource, { InFlight: parameterReference("InFlight") }),
      fenced.onDumpHost("proveQuiet", steps.proveQuietSource),
      ...copyOfDatabase(fenced, steps),
      fenced.onTarget("startArchiving", steps.startArchiving),
      fenced.onTarget("baseline", steps.baseline),
      fenced.onDumpHost("proveQuietAgain", steps.proveQuietSource),

      activated.onTarget("activate", steps.activate),
      activated.onTarget("logIn", steps.logIn),
      switching.onTarget("switch", steps.switch),
      ...settled(run, "settle", steps.settle, [
        { truth: "target", nextStep: "retireSource" },
        { truth: "source", nextStep: "closeTargetAgain" },
      ]),

      switched.onDumpHost("retireSource", steps.retireSource),
      ...leadToTarget(switched, runbook),
      switched.onTarget("smokeTest", steps.smokeTestTarget),
      run.goingOn({ cancelled: "fullBackup" }).onTarget("startWorkers", steps.startWorkers),
      run.goingOn({ cancelled: "recordCutover" }).onTarget("fullBackup", steps.fullBackup),
      run
        .goingOn({ cancelled: "releaseSource" })
        .anywayTo("releaseSource")
        .onTarget("recordCutover", steps.recordCutover),

      run.leadingTo("reopenSource").promptly().onTarget("closeTargetAgain", steps.closeTarget),
      opening.onDumpHost("reopenSource", steps.reopenSource, ownFence),
      run
        .leadingTo("releaseSourceFirst")
        .persistently()
        .thenTo("releaseSource")
        .onDumpHost("reopenSourceAgain", steps.reopenSource, ownFence),
      // What the run still has there may be why: a disk that is full of its dump, a session that holds a lock.
      run.leadingTo("reopenSourceLast").onDumpHost("releaseSourceFirst", steps.releaseSource),
      unfenced.persistently().onDumpHost("reopenSourceLast", steps.reopenSource, ownFence),
      ...run.cleanUp(steps.releaseSource),
    ],
    outputs: [
      "inspectSource.Output",
      "inspectTarget.Output",
      "gate.Output",
      "compare.Output",
      "startArchiving.Output",
      "startWorkers.Output",
      "fullBackup.Output",
    ],
  });
}
