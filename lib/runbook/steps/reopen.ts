import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { rollback, whoseFence } from "../fence-parameters";
import { stepDocument } from "../step-document";

// The application waits behind every attempt: one that hangs must make room for the next.
const APPLICATION_WAITS_SECONDS = 90;

/** Opens the database of one side again, just as it was before the fence: `reopen-source`, `reopen-target`. */
export function reopen(scope: Construct, environment: Environment, side: "source" | "target") {
  return stepDocument(scope, environment, {
    step: "reopen",
    name: `reopen-${side}`,
    description: `Opens the ${side}'s database as it was before the fence. Harmless where it is open.`,
    side,
    connects: true,
    relays: "now",
    shared: ["root-directory", ...(side === "target" ? ["target-marker"] : []), "fence"],
    constants: { STATE_LIES_IN: "memory" },
    sql: [
      "fence/admit.sql",
      "fence/shut.sql",
      "fence/marker.sql",
      "fence/standing.sql",
      "fence/open.sql",
      "fence/schedule-jobs.sql",
      "start-workers.sql",
    ],
    parameters: { Rollback: rollback, Fence: whoseFence },
    timeoutSeconds: APPLICATION_WAITS_SECONDS,
  });
}
