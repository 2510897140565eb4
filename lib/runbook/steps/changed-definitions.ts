import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { cutoverRunId } from "../cutover-run-id";
import { catalogSql } from "../fingerprint-sql";
import { stepDocument } from "../step-document";

/** Lists what was defined otherwise on the target since the cutover run: no rollback takes that to the source. */
export function changedDefinitions(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "changed-definitions",
    description: "Lists what was defined otherwise on the target since the switch. Changes nothing.",
    side: "target",
    connects: true,
    shared: ["copy-format", "catalog-lines"],
    sql: [...catalogSql, "writes/changed-definitions.sql"],
    parameters: { CutoverRunId: cutoverRunId },
  });
}
