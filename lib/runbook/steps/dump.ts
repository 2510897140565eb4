import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";
import { UNDUMPED } from "../undumped";

/** Dumps the database and the roles that it needs, from the held snapshot. */
export function dump(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "dump",
    description: "Dumps the source's database from the held snapshot.",
    side: "source",
    connects: true,
    shared: ["root-directory", "yielded"],
    sql: [
      ...["blocked-sessions.sql", "needed-roles.sql", "role-statements.sql"],
      ...UNDUMPED.map((name) => `undumped/${name}.sql`),
    ],
    constants: {
      DUMP_JOBS: String(environment.dump.jobs),
      DUMP_COMPRESSION: environment.dump.compression,
      UNDUMPED: UNDUMPED.join(" "),
    },
    unit: {
      timeoutSeconds: environment.timeouts.dumpSeconds,
      // A managed source serves others from the same disk.
      lowPriority: environment.source.kind === "managed",
    },
  });
}
