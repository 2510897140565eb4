import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Fetches the dump from the relay bucket and checks it. */
export function fetchDump(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "fetch-dump",
    description: "Fetches the dump from the relay bucket onto the target and checks every file.",
    side: "target",
    connects: false,
    shared: ["root-directory"],
    unit: { timeoutSeconds: environment.timeouts.relaySeconds, lowPriority: false },
  });
}
