import type { Construct } from "constructs";
import { parameterReference } from "../../ssm/reference";
import { automation, type Runbook } from "../../runbook/automation";
import { drilledRepos, recoveryTime } from "../../runbook/parameters";
import { Run } from "../../runbook/run";
import type { ArchivingSteps } from "./archiving";

/**
 * Shows that the backups can be restored: from each repository into a second cluster on the target, beside the live one,
 * which goes on serving. The second repository is tried whatever became of the first.
 *
 * It takes the lock: a cutover replaces the very database whose backup is read, and wants the room.
 */
export function restoreDrill(scope: Construct, runbook: Runbook<ArchivingSteps>) {
  const { steps } = runbook;
  const run = new Run(runbook);
  const choosing = run.leadingTo("unlock");
  const drilling = run.goingOnOnce({ cancelled: "unlock" });
  const from = (repo: string) => ({ Repo: repo, Time: parameterReference("Time") });
  const wanted = (repo: string, nextStep: string) => ({
    when: { variable: parameterReference("Repos"), operator: "Contains" as const, value: repo },
    nextStep,
  });
  return automation(scope, runbook, {
    name: "RestoreDrill",
    description: "Restores from each repository beside the live cluster, reads all of it, and removes it.",
    parameters: { Time: recoveryTime, Repos: drilledRepos },
    steps: [
      run.lock(),
      choosing.branch("whetherRepo3", {
        choices: [wanted("3", "restoreDrillRepo3")],
        default: "whetherRepo2",
      }),
      drilling.onTarget("restoreDrillRepo3", steps.restoreDrill, from("3")),
      choosing.branch("whetherRepo2", { choices: [wanted("2", "restoreDrillRepo2")], default: "unlock" }),
      drilling.onTarget("restoreDrillRepo2", steps.restoreDrill, from("2")),
      run.unlock(),
    ],
    outputs: [],
  });
}
