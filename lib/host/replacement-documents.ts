import type { Construct } from "constructs";
import { dataDirectory } from "../config/derived";
import type { Environment } from "../config/environment";
import { stepDocument } from "../runbook/step-document";

/** Time for the last checkpoint, and for an archiver whose repository does not answer. */
const STOP_SECONDS = 900;
/** Lets the script tell that the server did not stop. */
const MARGIN_SECONDS = 60;

const common = {
  owner: "host",
  side: "target",
} as const;

/** What `cutover host replace` runs: on the old instance before it is terminated, and on the new one. */
export function replacementDocuments(scope: Construct, environment: Environment): void {
  stopServer(scope, environment);
  hostStatus(scope, environment);
}

export function stopServer(
  scope: Construct,
  environment: Environment,
  { name = "stop-server", seconds = STOP_SECONDS } = {},
) {
  return stepDocument(scope, environment, {
    ...common,
    step: "stop-server",
    name,
    description: "Stops PostgreSQL on the target before its instance is terminated.",
    connects: false,
    constants: {
      // A full disk keeps nobody from replacing the host.
      STATE_LIES_IN: "memory",
      DATA_DIRECTORY: dataDirectory(environment.versions, environment.target),
      STOP_SECONDS: String(seconds),
    },
    timeoutSeconds: seconds + MARGIN_SECONDS,
  });
}

function hostStatus(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    ...common,
    step: "host-status",
    description: "Tells how the target's boot ended and which cluster answers there. Changes nothing.",
    connects: true,
    sql: ["cluster.sql"],
    constants: { STATE_LIES_IN: "memory" },
  });
}
