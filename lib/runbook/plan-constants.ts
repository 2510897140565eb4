import type { Environment } from "../config/environment";
import { sourceIdentity } from "./source-identity";

// Fence, proofs of quiet, switch and smoke test, and that SSM has to deliver each: 20 to 30 s in the lab, doubled.
const SWITCH_SECONDS = 60;

/** What assets/steps/shared/rehearsal-record.sh wants set. */
export function planConstants(environment: Environment): Record<string, string> {
  const { cutover, maintenanceWindow } = environment;
  return {
    SOURCE_IDENTITY: sourceIdentity(environment),
    REHEARSAL_MAX_AGE_HOURS: String(cutover.rehearsalMaxAgeHours),
    IN_FLIGHT_SECONDS: String(cutover.inFlightSeconds),
    SWITCH_SECONDS: String(SWITCH_SECONDS),
    WINDOW_SECONDS: String(Math.round(maintenanceWindow.hours * 3600)),
    WINDOW_STARTS_AT: maintenanceWindow.startsAt ?? "",
  };
}
