import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { archiving, stanza } from "../archiving";
import { type Owner, stepDocument } from "../step-document";

/** Turns archiving on, and proves by a segment of this moment that it reaches each repository. */
export function startArchiving(scope: Construct, environment: Environment, owner: Owner = "runbook") {
  return stepDocument(scope, environment, {
    step: "start-archiving",
    owner,
    description: "Turns the target's archiving on and proves that a segment reaches each repository.",
    side: "target",
    connects: true,
    shared: ["stanza", "archiving"],
    sql: ["archiving/on.sql", "archiving/unlike.sql", "archiving/switch-segment.sql"],
    constants: { ...stanza(environment), ...archiving(environment) },
  });
}
