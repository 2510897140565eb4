import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import { archiving, stanza } from "../archiving";
import { stepDocument } from "../step-document";

/** Turns archiving off for a restore, where an earlier cutover turned it on. */
export function stopArchiving(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "stop-archiving",
    description: "Turns the target's archiving off for the restore. Harmless where it is off.",
    side: "target",
    connects: true,
    shared: ["application-secret", "target-marker", "target-in-use", "archiving"],
    sql: ["archiving/off.sql"],
    constants: { ...stanza(environment), ...archiving(environment), ...applicationSecret(environment) },
  });
}
