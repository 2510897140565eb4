import type { Check } from "./check";

/** What check-target looks at. */
export const targetChecks: readonly Check[] = [
  {
    id: "target-connection",
    meaning: "The target's PostgreSQL takes the runbook's connection over its local socket.",
    remedy: "Start PostgreSQL on the target, or correct target.port.",
    seconds: 20,
  },
];
