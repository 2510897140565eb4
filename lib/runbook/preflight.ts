import type { Construct } from "constructs";
import { parameterReference } from "../ssm/reference";
import { automation, type Runbook } from "./automation";
import { targetInstanceId } from "./find-target";
import { replace } from "./parameters";
import { Run } from "./run";

/**
 * Everything that could spoil the window, found before it. It only reads, takes no lock, and makes every check whatever
 * became of those before it; it ends Failed where one of them failed.
 */
export function preflight(scope: Construct, runbook: Runbook) {
  const { steps } = runbook;
  const run = new Run(runbook);
  const looking = run.looking();
  return automation(scope, runbook, {
    name: "Preflight",
    description:
      "Checks source, target, repository, AWS and the plan for what would spoil the window. Only reads.",
    parameters: { Replace: replace },
    steps: [
      // What the target's checks compare with. What it refuses, one of the checks finds too.
      looking.onDumpHost("inspectSource", steps.inspectSource),
      looking.onDumpHost("checkSource", steps.checkSource),
      looking.onDumpHost("checkDatabase", steps.checkDatabase),
      looking.onTarget("checkTarget", steps.checkTarget, { Replace: parameterReference("Replace") }),
      looking.onTarget("checkRepository", steps.checkRepository),
      looking.onTarget("checkAws", steps.checkAws, { TargetInstance: targetInstanceId }),
      run.lookingLast().onTarget("checkPlan", steps.checkPlan),
    ],
    outputs: [],
  });
}
