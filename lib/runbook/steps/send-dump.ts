import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Sends the dump through the relay bucket. */
export function sendDump(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "send-dump",
    description: "Sends the dump from the dump host to the relay bucket.",
    side: "source",
    connects: false,
    relays: "now",
    unit: { timeoutSeconds: environment.timeouts.relaySeconds, lowPriority: true },
  });
}
