import type { AutomationStep } from "../ssm/steps/step";
import { parameterReference } from "../ssm/reference";
import type { Stage } from "./stage";
import type { Steps } from "./steps";

/** From a snapshot of the source to a copy on the target that was compared with it: what a rehearsal rehearses. */
export function copyOfDatabase(stage: Stage, steps: Steps): AutomationStep[] {
  return [
    stage.onDumpHost("holdSnapshot", steps.holdSnapshot),
    stage.onDumpHost("dump", steps.dump),
    stage.onDumpHost("fingerprintSource", steps.fingerprintSource),
    stage.onDumpHost("releaseSnapshot", steps.releaseSnapshot),
    ...(steps.relay
      ? [
          stage.onDumpHost("sendDump", steps.relay.sendDump),
          stage.onTarget("fetchDump", steps.relay.fetchDump),
        ]
      : []),
    stage.onTarget("prepareRoles", steps.prepareRoles),
    stage.onTarget("prepareDatabase", steps.prepareDatabase, { Replace: parameterReference("Replace") }),
    // Not before what may be in use has been refused: it restarts the server.
    stage.onTarget("stopArchiving", steps.stopArchiving),
    stage.onTarget("restore", steps.restore),
    ...(steps.reassignOwnership ? [stage.onTarget("reassignOwnership", steps.reassignOwnership)] : []),
    stage.onTarget("fingerprintTarget", steps.fingerprintTarget),
    stage.onTarget("compare", steps.compare, { Accept: parameterReference("Accept") }),
  ];
}
