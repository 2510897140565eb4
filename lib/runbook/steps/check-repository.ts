import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { checkDocument } from "../check-document";

/** Preflight's checks of the repository. */
export function checkRepository(scope: Construct, environment: Environment) {
  return checkDocument(scope, environment, {
    step: "check-repository",
    description: "Checks the repository for what would spoil the window. Changes nothing.",
    side: "target",
    connects: true,
    constants: {
      REPOSITORY_HOST: environment.repository.hostName,
      REPOSITORY_ADDRESS: environment.repository.address,
    },
  });
}
