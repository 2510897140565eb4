import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stanza } from "../archiving";
import { recoveryRepo, recoveryTime } from "../parameters";
import { stepDocument } from "../step-document";

const [MIB, GIB] = [1024 ** 2, 1024 ** 3];
// Beside a small database too: what a recovery keeps of the WAL, and what pgBackRest fetches ahead.
export const LEAST_WAL_BYTES = 512 * MIB;
// No address: the port only names the socket in a directory of its own.
const DRILL_PORT = 5433;

/** Restores from one repository beside the live cluster, reads all of it and removes it. */
export function restoreDrill(scope: Construct, environment: Environment) {
  const { timeouts } = environment;
  return stepDocument(scope, environment, {
    step: "restore-drill",
    owner: "host",
    // Both repositories may be drilled in one run.
    variant: { prefix: "restore-drill-repo", parameter: "Repo" },
    description: "Restores from one repository beside the live cluster, reads all of it, and removes it.",
    side: "target",
    connects: true,
    parameters: { Repo: recoveryRepo, Time: recoveryTime },
    shared: ["root-directory", "stanza", "chosen-backup", "drills", "copy-format", "row-digests"],
    sql: ["fingerprint/row-digests.sql", "restore-drill/settings.sql", "restore-drill/restored.sql"],
    constants: {
      ...stanza(environment),
      DRILL_PORT: String(DRILL_PORT),
      // The live server answers the application meanwhile: two processes, and one session that reads.
      DRILL_PROCESS_MAX: "2",
      FINGERPRINT_JOBS: "1",
      LEAST_WAL_BYTES: String(LEAST_WAL_BYTES),
      LEFT_TO_LIVE_BYTES: String(GIB),
    },
    unit: { timeoutSeconds: timeouts.restoreSeconds + timeouts.fingerprintSeconds, lowPriority: true },
  });
}
