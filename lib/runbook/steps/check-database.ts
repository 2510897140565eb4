import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { checkDocument } from "../check-document";

/** Preflight's checks of what is in the source's database. */
export function checkDatabase(scope: Construct, environment: Environment) {
  return checkDocument(scope, environment, {
    step: "check-database",
    description:
      "Checks the source's database for what a dump and a restore would lose or stumble over. Changes nothing.",
    side: "source",
    connects: true,
    sql: ["needed-roles.sql", "preflight/roles/md5-passwords.sql", "preflight/roles/settings.sql"],
    constants: { APPLICATION_ROLE: environment.application.roleName },
  });
}
