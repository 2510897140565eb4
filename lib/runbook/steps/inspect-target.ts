import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import { replace } from "../parameters";
import { stepDocument } from "../step-document";

/** Reads what the target is; refuses what could not take the restore. */
export function inspectTarget(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "inspect-target",
    description: "Reads the target's versions, extensions and room. Changes nothing.",
    side: "target",
    connects: true,
    shared: ["application-secret", "target-marker", "target-in-use"],
    sql: ["inspect-target.sql", "session-settings.sql"],
    parameters: { Replace: replace },
    constants: {
      ...applicationSecret(environment),
      POSTGRESQL_VERSION: environment.versions.postgresql,
      DIFFERENT_SETTINGS: environment.sessionSettings.different,
      LEFT_SETTINGS: JSON.stringify(environment.sessionSettings.left),
    },
  });
}
