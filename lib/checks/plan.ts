import type { Check } from "./check";

/** What check-plan looks at: what was rehearsed, what is scheduled, and what nobody has decided or filled in yet. */
export const planChecks: readonly Check[] = [
  {
    id: "plan-rehearsal",
    meaning:
      "A rehearsal of this source on this target succeeded within cutover.rehearsalMaxAgeHours: the gate lets no cutover begin without one.",
    remedy: "Rehearse: cutover rehearse.",
    seconds: 5,
  },
  {
    id: "plan-outage",
    meaning:
      "The outage that the last rehearsal predicts for the source's size of today fits in the maintenance window.",
    remedy:
      "Agree on a longer one (maintenanceWindow.hours), or begin earlier in it (maintenanceWindow.startsAt).",
    seconds: 25,
    needs: "plan-rehearsal",
  },
  {
    id: "plan-rollback",
    meaning:
      "After the predicted outage the window has room for a rollback; the finding says by when to decide for one.",
    remedy: "Agree on a longer window (maintenanceWindow.hours), and write down who decides, and by when.",
    seconds: 25,
    needs: "plan-rehearsal",
  },
  {
    id: "plan-window",
    meaning: "The maintenance window is scheduled, and not over.",
    remedy: "Agree on one with those who use the application, and set maintenanceWindow.startsAt.",
    seconds: 5,
  },
  {
    id: "plan-not-switched",
    meaning:
      "No cutover of this database has switched without being rolled back, and none was signed off: the source is still the truth.",
    remedy: "Go back by cutover rollback, or make the move final by cutover signoff.",
    seconds: 5,
  },
  {
    id: "plan-placeholders",
    meaning: "No value of the environment is still the example's.",
    remedy: "Fill them in in bin/environments.ts, and deploy both stacks.",
    seconds: 5,
  },
  {
    id: "plan-checklist",
    meaning:
      "The lines of the plan's signoff checklist that no check can prove: it always warns, and names them.",
    remedy: "Let somebody confirm each before the window.",
    seconds: 5,
  },
];
