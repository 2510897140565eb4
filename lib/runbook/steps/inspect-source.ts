import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Reads what the source is; refuses what could not be dumped. */
export function inspectSource(scope: Construct, environment: Environment) {
  const { application, versions } = environment;
  return stepDocument(scope, environment, {
    step: "inspect-source",
    description: "Reads the source's versions, size, roles and rights. Changes nothing.",
    side: "source",
    connects: true,
    shared: ["source-refusals"],
    relays: "now",
    sql: ["needed-roles.sql", "inspect-source.sql", "session-settings.sql"],
    constants: {
      APPLICATION_ROLE: application.roleName,
      POSTGRESQL_VERSION: versions.postgresql,
      TIMESCALEDB_VERSION: versions.timescaledb,
      POSTGIS_VERSION: versions.postgis,
    },
  });
}
