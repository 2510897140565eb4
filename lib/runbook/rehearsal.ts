import type { Construct } from "constructs";
import { parameterReference } from "../ssm/reference";
import { automation, type Runbook } from "./automation";
import { copyOfDatabase } from "./copy-of-database";
import { accept, leaveOpen, replace, runJobs } from "./parameters";
import { Run } from "./run";

/**
 * Dump and restore from the live source, compared: all of a cutover but the cutover. The source is only read; what is
 * made on the target is replaced by the next run, and closed until then: nobody shall write where the truth is not.
 *
 * Whatever fails or is cancelled, the run goes on at `releaseSource`, so that no snapshot and no dump stays behind.
 */
export function rehearsal(scope: Construct, runbook: Runbook) {
  const { steps } = runbook;
  const run = new Run(runbook);
  const rehearsed = run.leadingTo("releaseSource");
  return automation(scope, runbook, {
    name: "Rehearsal",
    description: "Dumps the live source, restores it on the target and compares both. Only reads the source.",
    parameters: { Replace: replace, LeaveOpen: leaveOpen, RunJobs: runJobs, Accept: accept },
    steps: [
      run.lock(),
      rehearsed.onDumpHost("inspectSource", steps.inspectSource),
      rehearsed.onTarget("inspectTarget", steps.inspectTarget, { Replace: parameterReference("Replace") }),
      ...copyOfDatabase(rehearsed, steps),
      rehearsed.onTarget("startWorkers", steps.startWorkers, { RunJobs: parameterReference("RunJobs") }),
      rehearsed.onTarget("recordRehearsal", steps.recordRehearsal),
      rehearsed.branch("whetherToClose", {
        choices: [
          {
            when: { variable: parameterReference("LeaveOpen"), operator: "StringEquals", value: "yes" },
            nextStep: "releaseSource",
          },
        ],
        default: "closeTarget",
      }),
      rehearsed.onTarget("closeTarget", steps.closeTarget),
      ...run.cleanUp(steps.releaseSource),
    ],
    outputs: ["inspectSource.Output", "inspectTarget.Output", "compare.Output", "startWorkers.Output"],
  });
}
