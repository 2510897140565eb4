import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { accept } from "../parameters";
import { stepDocument } from "../step-document";

/** Compares the fingerprints of both sides; a difference that nobody accepts by its name fails the step. */
export function compare(scope: Construct, environment: Environment) {
  const { ownership } = environment;
  return stepDocument(scope, environment, {
    step: "compare",
    description: "Compares the fingerprints of source and target: rows and catalog.",
    side: "target",
    connects: true,
    shared: ["root-directory"],
    sql: ["compare.sql"],
    parameters: { Accept: accept },
    constants: { OWNERSHIP: ownership.mode, OWNER: ownership.mode === "reassign" ? ownership.role : "" },
  });
}
