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
