import type { DocumentParameter } from "../ssm/parameter";
import { runId } from "./parameters";

/** The cutover that a rollback takes back, or a signoff makes final. */
export const cutoverRunId: DocumentParameter = {
  ...runId,
  description: "The id of the cutover run that switched to the target.",
};

/** The cutover whose source a signoff looks at; empty in the cutover itself. */
export const signedOffRunId: DocumentParameter = {
  ...cutoverRunId,
  default: "",
  allowedPattern: "^(r[0-9]{8}-[0-9]{6}-[a-z0-9]{4})?$",
};
