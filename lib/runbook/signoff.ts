import type { Construct } from "constructs";
import { parameterReference } from "../ssm/reference";
import { automation, type Runbook } from "./automation";
import { cutoverRunId } from "./cutover-run-id";
import { Run } from "./run";

/** Makes a cutover final: from here on no rollback begins, and the record says what may be taken down. */
export function signoff(scope: Construct, runbook: Runbook) {
  const { steps } = runbook;
  const run = new Run(runbook);
  const locked = run.leadingTo("unlock");
  const ofCutover = { CutoverRunId: parameterReference("CutoverRunId") };
  return automation(scope, runbook, {
    name: "Signoff",
    description: "Makes a cutover final: refuses every rollback from now on, and writes the last record.",
    parameters: { CutoverRunId: cutoverRunId },
    steps: [
      run.lock(),
      locked.onTarget("inspectRollback", steps.inspectRollback, ofCutover),
      // A last look for writes that no target has. A source that is gone hinders no signoff; the run then ends Failed.
      run.looking().onDumpHost("lookAtSource", steps.retireSource, ofCutover),
      locked.onTarget("recordSignoff", steps.recordSignoff, ofCutover),
      run.unlock(),
    ],
    outputs: ["recordSignoff.Output"],
  });
}
