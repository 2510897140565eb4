import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

const CATALOG_QUERIES = [
  "database",
  "roles",
  "role-passwords",
  "relations",
  "columns",
  "constraints",
  "functions",
  "types",
  "other-objects",
  "subscriptions",
  "owners",
  "comments",
  "timescaledb",
  "privileges",
  "sequences",
];

/** Takes the fingerprint of one side: `fingerprint-source` on the dump host, `fingerprint-target` on the target. */
export function fingerprint(scope: Construct, environment: Environment, side: "source" | "target") {
  const { dump, restore, source, timeouts } = environment;
  return stepDocument(scope, environment, {
    step: "fingerprint",
    name: `fingerprint-${side}`,
    description: `Takes row digests and catalog lines of the ${side}.`,
    side,
    connects: true,
    sql: [
      "needed-roles.sql",
      ...CATALOG_QUERIES.map((query) => `fingerprint/${query}.sql`),
      "fingerprint/row-digests.sql",
      "fingerprint/hypertable-digests.sql",
      ...(side === "target" ? ["stop-workers.sql"] : []),
    ],
    constants: { FINGERPRINT_JOBS: String(side === "source" ? dump.jobs : restore.jobs) },
    unit: {
      timeoutSeconds: timeouts.fingerprintSeconds,
      lowPriority: side === "source" && source.kind === "managed",
    },
  });
}
