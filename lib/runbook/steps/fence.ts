import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { inFlight } from "../fence-parameters";
import { stepDocument } from "../step-document";

/** Closes the database of one side to all but superusers, and waits until nobody is in it: `fence-source`, `fence-target`. */
export function fence(scope: Construct, environment: Environment, side: "source" | "target") {
  const { application, cutover, timeouts } = environment;
  return stepDocument(scope, environment, {
    step: "fence",
    name: `fence-${side}`,
    description: `Closes the ${side}'s database, stops its jobs and lets work in flight finish.`,
    side,
    connects: true,
    relays: "now",
    shared: ["fence", "in-flight"],
    sql: [
      "fence/marker.sql",
      "fence/obstacles.sql",
      "fence/prior-state.sql",
      "fence/close.sql",
      "fence/schedule-jobs.sql",
      "fence/standing.sql",
      "fence/sessions.sql",
      "fence/end-idle.sql",
      "fence/end-in-flight.sql",
      "stop-workers.sql",
    ],
    parameters: { InFlight: inFlight },
    constants: {
      APPLICATION_ROLE: application.roleName,
      IN_FLIGHT: cutover.inFlight,
      IN_FLIGHT_SECONDS: String(cutover.inFlightSeconds),
      ASK_SECONDS: String(cutover.askSeconds),
    },
    timeoutSeconds: cutover.inFlightSeconds + cutover.askSeconds + timeouts.shortStepSeconds,
  });
}
