import { parameterName } from "../config/derived";
import type { Environment } from "../config/environment";
import { outputReference } from "../ssm/reference";
import { executeAwsApi } from "../ssm/steps/execute-aws-api";
import type { AutomationStep } from "../ssm/steps/step";

const STEP = "findTarget";

/** The target's instance id, as the steps after `findTarget` name it. */
export const targetInstanceId = outputReference(STEP, "InstanceId");

/**
 * Every automation begins by asking which instance the target is. The host stack keeps the answer in a parameter, so a
 * replaced instance needs no deployment of the runbook.
 */
export function findTarget(environment: Environment): AutomationStep {
  return executeAwsApi({
    name: STEP,
    service: "ssm",
    api: "GetParameter",
    inputs: { Name: parameterName(environment, "instance-id") },
    outputs: [{ name: "InstanceId", selector: "$.Parameter.Value", type: "String" }],
  });
}
