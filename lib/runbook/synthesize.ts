import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Environment } from "../config/environment";
import { RunbookStack } from "./runbook-stack";

/** The runbook stack's template, as `cdk synth` writes it. */
export function synthesizeRunbook(environment: Environment) {
  const stack = new RunbookStack(new App(), `timescale-cutover-${environment.name}-runbook`, { environment });
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
}
