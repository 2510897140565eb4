import type { Construct } from "constructs";
import { bootDocumentName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { CommandDocument } from "../../ssm/command-document";
import { documentScript } from "./boot-script";

/** The first boot of a cluster in recovery takes longest. */
const TIMEOUT_SECONDS = 3600;

/** The part of the boot that the host fetches; run with Run Command it starts the whole boot again, which is harmless. */
export function bootDocument(scope: Construct, environment: Environment): CommandDocument {
  return new CommandDocument(scope, "BootDocument", {
    name: bootDocumentName(environment),
    description: "The boot of the target, as far as its user data does not hold it",
    parameters: {},
    script: documentScript(environment),
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}
