import type { DocumentParameter } from "../ssm/parameter";
import { runId } from "./parameters";

/** The cutover that a rollback takes back, or a signoff makes final. */
export const cutoverRunId: DocumentParameter = {
  ...runId,
  description: "The id of the cutover run that switched to the target.",
};
