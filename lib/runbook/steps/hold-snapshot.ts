import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Holds one snapshot of the source for the dump and the digests; gives way when production waits behind it. */
export function holdSnapshot(scope: Construct, environment: Environment) {
  const { timeouts } = environment;
  return stepDocument(scope, environment, {
    step: "hold-snapshot",
    description: "Holds a snapshot of the source open while it is dumped and digested.",
    side: "source",
    connects: true,
    shared: ["copy-format"],
    sql: ["lock-tables.sql", "blocked-sessions.sql", "end-sessions.sql", "fingerprint/sequences.sql"],
    // Where a run is lost, its snapshot must not keep the source from vacuuming for ever.
    constants: {
      HOLD_SECONDS: String(timeouts.dumpSeconds + timeouts.fingerprintSeconds + timeouts.shortStepSeconds),
    },
  });
}
