import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stanza } from "../archiving";
import { stepDocument } from "../step-document";

/** The first full backup in each repository; the application works meanwhile. */
export function fullBackup(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "full-backup",
    description: "Makes a full backup of the target's cluster in each repository.",
    side: "target",
    connects: true,
    shared: ["stanza"],
    constants: stanza(environment),
    unit: { timeoutSeconds: environment.timeouts.fullBackupSeconds, lowPriority: false },
  });
}
