import type { Construct } from "constructs";
import { sourceFullBackupHours } from "../../checks/source-archiving";
import type { Environment } from "../../config/environment";
import { checkDocument } from "../check-document";

/** Preflight's checks of the source and of the dump host. */
export function checkSource(scope: Construct, environment: Environment) {
  const { alarms, application, cutover, dump, repository, target, versions } = environment;
  return checkDocument(scope, environment, {
    step: "check-source",
    description: "Checks the source for what would spoil the window. Changes nothing.",
    side: "source",
    connects: true,
    shared: ["source-refusals", "clock", "source-pgbackrest"],
    sql: ["archiver", "last-segment", "repositories"].map((name) => `preflight/archiving/${name}.sql`),
    constants: {
      POSTGRESQL_VERSION: versions.postgresql,
      TIMESCALEDB_VERSION: versions.timescaledb,
      POSTGIS_VERSION: versions.postgis,
      APPLICATION_ROLE: application.roleName,
      IN_FLIGHT_SECONDS: String(cutover.inFlightSeconds),
      DUMP_JOBS: String(dump.jobs),
      TARGET_LOCALES: JSON.stringify(target.locales),
      TARGET_MAX_CONNECTIONS: String(target.maxConnections),
      SOURCE_STANZA: repository.pgbackrest.sourceStanza,
      PGBACKREST_VERSION: versions.pgbackrest,
      READY_SEGMENTS: String(alarms.readySegments),
      FULL_BACKUP_HOURS: String(sourceFullBackupHours),
    },
  });
}
