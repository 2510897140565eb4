import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Ends the late work that a fence asks about; the fence, which waits for it, then goes on. */
export function endInFlight(scope: Construct, environment: Environment, side: "source" | "target") {
  return stepDocument(scope, environment, {
    step: "end-in-flight",
    name: `end-in-flight-${side}`,
    description: `Ends what is still in flight on the ${side} since before the fence.`,
    side,
    connects: true,
    shared: ["fence", "in-flight"],
    sql: ["fence/marker.sql", "fence/standing.sql", "fence/sessions.sql", "fence/end-in-flight.sql"],
  });
}
