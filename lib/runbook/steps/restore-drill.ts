import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { type Repository, stanza } from "../archiving";
import { recoveryTime } from "../parameters";
import { stepDocument } from "../step-document";

const [MIB, GIB] = [1024 ** 2, 1024 ** 3];
// Beside a small database too: what a recovery keeps of the WAL, and what pgBackRest fetches ahead.
export const LEAST_WAL_BYTES = 512 * MIB;
// No address: the port only names the socket in a directory of its own.
const DRILL_PORT = 5433;

/** Restores from one repository beside the live cluster, reads all of it and removes it: `restore-drill-repo3`. */
export function restoreDrill(scope: Construct, environment: Environment, repository: Repository) {
  const { timeouts } = environment;
  return stepDocument(scope, environment, {
    step: "restore-drill",
    name: `restore-drill-repo${repository}`,
    description: `Restores from repo${repository} beside the live cluster, reads all of it, and removes it.`,
    side: "target",
    connects: true,
    parameters: { Time: recoveryTime },
    shared: ["root-directory", "stanza", "chosen-backup", "drills", "copy-format", "row-digests"],
    sql: ["fingerprint/row-digests.sql", "restore-drill/settings.sql", "restore-drill/restored.sql"],
    constants: {
      ...stanza(environment),
      REPOSITORY: String(repository),
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
