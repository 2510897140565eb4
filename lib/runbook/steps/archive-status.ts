import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Compares the target's archiving with what each repository holds; the boot has put there what does. */
export function archiveStatus(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "archive-status",
    owner: "host",
    description:
      "Compares what PostgreSQL thinks of its archiving with what each repository holds. Changes nothing.",
    side: "target",
    connects: false,
  });
}
