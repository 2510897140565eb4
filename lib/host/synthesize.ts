import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { hostStackName } from "../config/derived";
import type { Environment } from "../config/environment";
import { HostStack } from "./host-stack";

/** The host stack's template, as `cdk synth` writes it. */
export function synthesizeHost(environment: Environment) {
  const stack = new HostStack(new App(), hostStackName(environment), { environment });
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
}
