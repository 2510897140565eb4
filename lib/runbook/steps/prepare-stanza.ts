import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stanza } from "../archiving";
import { stepDocument } from "../step-document";

/** Makes the target's stanza in each repository; one of another cluster is refused. */
export function prepareStanza(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "prepare-stanza",
    description: "Makes the target's stanza in each repository. Refuses one that belongs to another cluster.",
    side: "target",
    connects: true,
    shared: ["stanza"],
    constants: stanza(environment),
  });
}
