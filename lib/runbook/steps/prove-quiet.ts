import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

// Long enough for what a session wrote to reach the server's statistics.
const LOOK_SECONDS = 3;

/** Proves that nobody writes on one side: `prove-quiet-source`, `prove-quiet-target`. Every later call proves it since the first. */
export function proveQuiet(scope: Construct, environment: Environment, side: "source" | "target") {
  return stepDocument(scope, environment, {
    step: "prove-quiet",
    name: `prove-quiet-${side}`,
    description: `Proves that nothing has written on the ${side} since it was fenced.`,
    side,
    connects: true,
    shared: ["fence", "look"],
    sql: [
      "fence/marker.sql",
      "fence/standing.sql",
      "fence/sessions.sql",
      "fence/others.sql",
      "fence/look.sql",
      "fence/horizon.sql",
      "stop-workers.sql",
    ],
    constants: { LOOK_SECONDS: String(LOOK_SECONDS) },
  });
}
