import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { cutoverRunId } from "../cutover-run-id";
import { stepDocument } from "../step-document";

/** Saves what was written on the target since the cutover run's baseline, per relation, in the relay. */
export function saveWrites(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "save-writes",
    description: "Saves what was written on the target since the switch into the relay bucket.",
    side: "target",
    connects: true,
    parameters: { CutoverRunId: cutoverRunId },
    shared: ["kept-record", "root-directory", "target-marker"],
    sql: [
      "users-code.sql",
      "writes/document.sql",
      "writes/find.sql",
      "writes/leaves.sql",
      "writes/manifest.sql",
      "writes/open.sql",
    ],
    // It reads every row of the relations that were written to, as a fingerprint does.
    unit: { timeoutSeconds: environment.timeouts.fingerprintSeconds, lowPriority: false },
  });
}
