import type { DocumentParameter } from "../ssm/parameter";

/** What becomes of work that does not finish in time; empty: as the environment says. */
export const inFlight: DocumentParameter = {
  type: "String",
  description: 'Work that does not finish in time: "end" ends it; empty, cutover.inFlight decides.',
  default: "",
  allowedPattern: "^(|end)$",
};

/** Only a rollback may open a source that was switched away from. */
export const rollback: DocumentParameter = {
  type: "String",
  description: "Whether a source that was switched away from may be opened: yes or no.",
  default: "no",
  allowedPattern: "^(yes|no)$",
};

/** A run that failed opens the fence that it closed; Reopen, and whoever calls the step by itself, opens any. */
export const whoseFence: DocumentParameter = {
  type: "String",
  description: "Whose fence is opened: own, the run's; or any.",
  default: "any",
  allowedPattern: "^(own|any)$",
};
