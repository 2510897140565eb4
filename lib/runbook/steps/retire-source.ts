import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { signedOffRunId } from "../cutover-run-id";
import { stepDocument } from "../step-document";

/** Marks the fenced source as switched away from: from here on only a rollback opens it. */
export function retireSource(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "retire-source",
    description: "Marks the fenced source as switched away from: only a rollback may open it.",
    side: "source",
    connects: true,
    shared: ["fence", "look"],
    sql: [
      "users-code.sql",
      ...["admit", "horizon", "look", "marker", "retire", "shut", "standing", "written-since"].map(
        (name) => `fence/${name}.sql`,
      ),
    ],
    // Of the signoff's look.
    parameters: { CutoverRunId: signedOffRunId },
  });
}
