import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import { replace } from "../parameters";
import { stepDocument } from "../step-document";

/** Makes the target's database new and ready for the restore. */
export function prepareDatabase(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "prepare-database",
    description: "Makes the target's database as it is on the source, empty, with TimescaleDB in it.",
    side: "target",
    connects: true,
    shared: ["root-directory", "application-secret", "target-marker", "target-in-use"],
    sql: ["drop-subscriptions.sql", "drop-database.sql", "pre-restore.sql"],
    parameters: { Replace: replace },
    constants: applicationSecret(environment),
  });
}
