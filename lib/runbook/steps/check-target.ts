import type { Construct } from "constructs";
import { dataDirectory, memoryGiBOf } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { checkDocument } from "../check-document";
import { applicationSecret } from "../connections";
import { replace } from "../parameters";
import { MAINTENANCE_WORK_MEM_MIB } from "./restore";

/** Preflight's checks of the target. */
export function checkTarget(scope: Construct, environment: Environment) {
  const { dump, repository, restore, target, versions } = environment;
  return checkDocument(scope, environment, {
    step: "check-target",
    description: "Checks the target for what would spoil the window. Changes nothing.",
    side: "target",
    connects: true,
    shared: ["application-secret", "target-marker", "target-in-use", "automation-status", "lock", "clock"],
    sql: ["fence/abnormal-settings.sql"],
    parameters: { Replace: replace },
    constants: {
      ...applicationSecret(environment),
      POSTGRESQL_VERSION: versions.postgresql,
      TARGET_ADDRESS: target.network.privateAddress,
      DATA_DIRECTORY: dataDirectory(versions, target),
      DATA_VOLUME_GIB: String(target.dataVolumeGiB),
      INSTANCE_MEMORY_GIB: String(memoryGiBOf(environment)),
      RESTORE_JOBS: String(restore.jobs),
      MAINTENANCE_WORK_MEM_MIB: String(MAINTENANCE_WORK_MEM_MIB),
      DUMP_COMPRESSION: dump.compression.split(":")[0] ?? "",
      PGBACKREST_LOG: repository.pgbackrest.logPath,
      PGBACKREST_SPOOL: repository.pgbackrest.spoolPath,
    },
  });
}
