import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Opens the restored database to the application; its jobs wait for start-workers. */
export function activate(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "activate",
    description: "Checks that the target runs with normal settings, and opens its database.",
    side: "target",
    connects: true,
    shared: ["root-directory", "target-marker", "fence"],
    sql: [
      ...["fence/marker.sql", "fence/standing.sql", "fence/abnormal-settings.sql"],
      ...["fence/open.sql", "fence/schedule-jobs.sql"],
    ],
  });
}
