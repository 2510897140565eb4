import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Notes on the target, before anybody may write there, what a rollback finds the writes since by. */
export function baseline(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "baseline",
    description: "Notes the snapshot and the counters by which a rollback finds what was written since.",
    side: "target",
    connects: true,
    shared: ["root-directory"],
    sql: ["users-code.sql", "writes/leaves.sql", "writes/counted.sql", "writes/baseline.sql"],
  });
}
