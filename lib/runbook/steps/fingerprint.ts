import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { catalogSql } from "../fingerprint-sql";
import { stepDocument } from "../step-document";

/** Takes the fingerprint of one side: `fingerprint-source` on the dump host, `fingerprint-target` on the target. */
export function fingerprint(scope: Construct, environment: Environment, side: "source" | "target") {
  const { dump, restore, source, timeouts } = environment;
  return stepDocument(scope, environment, {
    step: "fingerprint",
    name: `fingerprint-${side}`,
    description: `Takes row digests and catalog lines of the ${side}.`,
    side,
    connects: true,
    shared: [
      "copy-format",
      "catalog-lines",
      "row-digests",
      ...(side === "source" ? (["yielded"] as const) : []),
    ],
    sql: [
      ...catalogSql,
      "fingerprint/row-digests.sql",
      side === "source" ? "blocked-sessions.sql" : "stop-workers.sql",
    ],
    constants: { FINGERPRINT_JOBS: String(side === "source" ? dump.jobs : restore.jobs) },
    unit: {
      timeoutSeconds: timeouts.fingerprintSeconds,
      lowPriority: side === "source" && source.kind === "managed",
    },
  });
}
