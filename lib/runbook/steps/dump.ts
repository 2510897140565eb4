import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Dumps the database and the roles that it needs, from the held snapshot. */
export function dump(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "dump",
    description: "Dumps the source's database from the held snapshot.",
    side: "source",
    connects: true,
    shared: ["root-directory", "yielded"],
    sql: ["blocked-sessions.sql", "missing-value-statements.sql", "needed-roles.sql", "role-statements.sql"],
    constants: {
      DUMP_JOBS: String(environment.dump.jobs),
      DUMP_COMPRESSION: environment.dump.compression,
    },
    unit: {
      timeoutSeconds: environment.timeouts.dumpSeconds,
      // A managed source serves others from the same disk.
      lowPriority: environment.source.kind === "managed",
    },
  });
}
