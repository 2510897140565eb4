import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import { allow } from "../parameters";
import { sourceIdentity } from "../source-identity";
import { stepDocument } from "../step-document";

// Fence, proofs of quiet, switch and smoke test, and that SSM has to deliver each: 20 to 30 s in the lab, doubled.
const SWITCH_SECONDS = 60;

/** Refuses a cutover that was not rehearsed, or that would outlast the maintenance window. */
export function gate(scope: Construct, environment: Environment) {
  const { cutover, maintenanceWindow } = environment;
  return stepDocument(scope, environment, {
    step: "gate",
    description: "Refuses a cutover without a rehearsal, or without room in the window. Changes nothing.",
    side: "target",
    connects: false,
    shared: ["application-secret"],
    parameters: { Allow: allow },
    constants: {
      ...applicationSecret(environment),
      SOURCE_IDENTITY: sourceIdentity(environment),
      REHEARSAL_MAX_AGE_HOURS: String(cutover.rehearsalMaxAgeHours),
      IN_FLIGHT_SECONDS: String(cutover.inFlightSeconds),
      SWITCH_SECONDS: String(SWITCH_SECONDS),
      WINDOW_SECONDS: String(Math.round(maintenanceWindow.hours * 3600)),
      WINDOW_STARTS_AT: maintenanceWindow.startsAt ?? "",
    },
  });
}
