import type { Construct } from "constructs";
import { dataDirectory } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { stanza } from "../archiving";
import { recoveryRepo, recoveryTime, replace } from "../parameters";
import { stepDocument } from "../step-document";
import { LEAST_WAL_BYTES } from "./restore-drill";

/** Restores the stanza's newest backup and its WAL into the target's own, empty cluster. */
export function recover(scope: Construct, environment: Environment) {
  const { repository, target, timeouts, versions } = environment;
  return stepDocument(scope, environment, {
    step: "recover",
    owner: "host",
    description: "Restores the target's database from a repository, in the place of an empty cluster.",
    side: "target",
    connects: true,
    parameters: { Repo: recoveryRepo, Time: recoveryTime, Replace: replace },
    shared: ["stanza", "archiving", "chosen-backup", "fence"],
    sql: ["fence/marker.sql", "fence/standing.sql", "recover/recovered.sql", "recover/scheduler.sql"],
    constants: {
      ...stanza(environment),
      DATA_DIRECTORY: dataDirectory(versions, target),
      SPOOL_PATH: repository.pgbackrest.spoolPath,
      LEAST_WAL_BYTES: String(LEAST_WAL_BYTES),
    },
    unit: { timeoutSeconds: timeouts.restoreSeconds, lowPriority: false },
  });
}
