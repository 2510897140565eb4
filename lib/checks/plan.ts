import type { Check } from "./check";

/** What check-plan looks at. */
export const planChecks: readonly Check[] = [
  {
    id: "plan-rehearsal",
    meaning: "A rehearsal of this source on this target succeeded lately.",
    remedy: "Rehearse: cutover rehearse.",
    seconds: 10,
  },
];
