import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stanza } from "../archiving";
import { repository } from "../parameters";
import { type Owner, stepDocument } from "../step-document";

/** A full backup in each repository, the first of them by the cutover; the application works meanwhile. */
export function fullBackup(scope: Construct, environment: Environment, owner: Owner = "runbook") {
  return stepDocument(scope, environment, {
    step: "full-backup",
    owner,
    description: "Makes a full backup of the target's cluster in each repository.",
    side: "target",
    connects: true,
    shared: ["stanza"],
    parameters: { Repository: repository },
    constants: stanza(environment),
    unit: { timeoutSeconds: environment.timeouts.fullBackupSeconds, lowPriority: false },
  });
}
