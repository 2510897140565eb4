import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Hands every object over to one role: the plan's way. */
export function reassignOwnership(scope: Construct, environment: Environment, owner: string) {
  return stepDocument(scope, environment, {
    step: "reassign-ownership",
    description: `Hands every object of the target's database over to ${owner}.`,
    side: "target",
    connects: true,
    sql: ["reassign-ownership.sql"],
    constants: { OWNER: owner },
  });
}
