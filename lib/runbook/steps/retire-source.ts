import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Marks the fenced source as switched away from: from here on only a rollback opens it. */
export function retireSource(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "retire-source",
    description: "Marks the fenced source as switched away from: only a rollback may open it.",
    side: "source",
    connects: true,
    shared: ["fence"],
    sql: ["fence/marker.sql", "fence/standing.sql", "fence/retire.sql"],
  });
}
