import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Environment } from "../config/environment";
import { RunbookStack } from "./runbook-stack";

interface RunbookTemplate {
  readonly Resources: Record<string, { Type: string }>;
}

/** The runbook stack's template as `cdk synth` writes it, and its nested stacks' with it. */
export function synthesizeRunbook(environment: Environment): RunbookTemplate {
  const stack = new RunbookStack(new App(), `timescale-cutover-${environment.name}-runbook`, { environment });
  const [runbook, checks, copy, writes] = [stack, stack.preflight, stack.copy, stack.writes].map(
    (one) => Template.fromStack(one).toJSON() as RunbookTemplate,
  );
  return {
    ...runbook,
    Resources: { ...checks?.Resources, ...copy?.Resources, ...writes?.Resources, ...runbook?.Resources },
  };
}
