import type { Construct } from "constructs";
import { parameterReference } from "../../ssm/reference";
import { automation, type Runbook } from "../../runbook/automation";
import { recoveryRepo, recoveryTime, replace } from "../../runbook/parameters";
import { Run } from "../../runbook/run";
import type { ArchivingSteps } from "./archiving";

/**
 * After the loss of the instance: a fresh host at the same address takes its place, from a repository. The application's
 * secret names that address already. What was archived before goes on being of use: the stanza stays, on a new timeline.
 */
export function recover(scope: Construct, runbook: Runbook<ArchivingSteps>) {
  const { steps } = runbook;
  const run = new Run(runbook);
  const recovering = run.leadingTo("unlock");
  return automation(scope, runbook, {
    name: "Recover",
    description: "Restores the database of a lost instance on a fresh host, and proves that it archives on.",
    parameters: { Repo: recoveryRepo, Time: recoveryTime, Replace: replace },
    steps: [
      run.lock(),
      recovering.onTarget("recover", steps.recover, {
        Repo: parameterReference("Repo"),
        Time: parameterReference("Time"),
        Replace: parameterReference("Replace"),
      }),
      recovering.onTarget("startArchiving", steps.startArchiving),
      run.unlock(),
    ],
    outputs: ["recover.Output", "startArchiving.Output"],
  });
}
