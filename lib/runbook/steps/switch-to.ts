import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import { cutoverRunId } from "../cutover-run-id";
import { stepDocument } from "../step-document";
import type { Side } from "./side";

/** Moves the application's secret: `switch` to the target, `switch-back` to the source. */
export function switchTo(scope: Construct, environment: Environment, direction: Side) {
  const back = direction === "source";
  return stepDocument(scope, environment, {
    step: "switch",
    name: back ? "switch-back" : "switch",
    description: `Points the application's secret at the ${direction}, in one step.`,
    side: "target",
    connects: false,
    shared: ["root-directory", "application-secret", "secret-fit", "secret-labels", "target-marker"],
    constants: { ...applicationSecret(environment), DIRECTION: direction },
    ...(back && { parameters: { CutoverRunId: cutoverRunId } }),
  });
}
