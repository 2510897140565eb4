import type { Construct } from "constructs";
import { parameterReference } from "../ssm/reference";
import { automation, type Runbook } from "./automation";
import { rollback } from "./fence-parameters";
import { Run } from "./run";

/**
 * Opens a source that a run left fenced. It takes no lock: the run that holds it may hang. Whether the secret names the
 * source, whoever starts this has looked; a source that was switched away from opens only with Rollback.
 */
export function reopen(scope: Construct, runbook: Runbook) {
  const run = new Run(runbook);
  return automation(scope, runbook, {
    name: "Reopen",
    description: "Opens a source that a run left fenced. Harmless where it is open.",
    parameters: { Rollback: rollback },
    steps: [
      run
        .ending()
        .persistently()
        .onDumpHost("reopenSource", runbook.steps.reopenSource, {
          Rollback: parameterReference("Rollback"),
        }),
    ],
    outputs: ["reopenSource.Output"],
  });
}
