import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { type Owner, stepDocument } from "../step-document";

/** Ends what the run still has on the target and gives the lock back. */
export function unlock(scope: Construct, environment: Environment, owner: Owner = "runbook") {
  return stepDocument(scope, environment, {
    step: "unlock",
    owner,
    description: "Removes the run's dump and drills from the target and gives the lock back.",
    side: "target",
    connects: false,
    shared: ["root-directory", "lock", "drills"],
    relays: "now",
  });
}
