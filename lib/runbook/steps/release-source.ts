import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Ends all that the run has on the dump host. */
export function releaseSource(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "release-source",
    description: "Ends the run's units on the dump host and removes its snapshot, dump and password file.",
    side: "source",
    connects: false,
    shared: ["root-directory"],
    relays: "now",
    constants: { STATE_LIES_IN: "memory" },
  });
}
