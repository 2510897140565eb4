import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { cutoverRunId } from "../cutover-run-id";
import { stepDocument } from "../step-document";

/** Applies the saved writes to the fenced source; rows that conflict there stay in what was saved. */
export function applyWrites(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "apply-writes",
    description: "Applies the writes saved from the target to the fenced source.",
    side: "source",
    connects: true,
    shared: ["root-directory"],
    relays: "now",
    parameters: { CutoverRunId: cutoverRunId },
    sql: [
      "fence/admit.sql",
      "fence/shut.sql",
      "users-code.sql",
      "writes/applied.sql",
      "writes/apply.sql",
      "writes/broken.sql",
      "writes/document.sql",
      "writes/judge.sql",
      "writes/leaves.sql",
      "writes/load.sql",
      "writes/marker.sql",
      "writes/plan.sql",
    ],
    unit: { timeoutSeconds: environment.timeouts.restoreSeconds, lowPriority: false },
  });
}
