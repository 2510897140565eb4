import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";
import { UNDUMPED } from "../undumped";

// An index build of each job gets this much: with 2 jobs an eighth of a t3.medium's 4 GiB.
export const MAINTENANCE_WORK_MEM_MIB = 256;

/** Restores the dump; the background workers are stopped at the end. */
export function restore(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "restore",
    description: "Restores the dump into the prepared database and leaves its background workers stopped.",
    side: "target",
    connects: true,
    shared: ["root-directory", "target-marker"],
    sql: [
      ...[
        "analyze.sql",
        "carry-settings.sql",
        "database-settings.sql",
        "partitioned-tables.sql",
        "post-restore.sql",
      ],
      "restore-settings.sql",
    ],
    constants: {
      UNDUMPED: UNDUMPED.join(" "),
      RESTORE_JOBS: String(environment.restore.jobs),
      MAINTENANCE_WORK_MEM_MIB: String(MAINTENANCE_WORK_MEM_MIB),
    },
    unit: { timeoutSeconds: environment.timeouts.restoreSeconds, lowPriority: false },
  });
}
