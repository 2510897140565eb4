import type { Construct } from "constructs";
import { documentName } from "../config/derived";
import type { Environment } from "../config/environment";
import { AutomationDocument } from "../ssm/automation-document";
import type { DocumentParameters } from "../ssm/parameter";
import type { AutomationStep } from "../ssm/steps/step";
import { findTarget } from "./find-target";
import { runId } from "./parameters";
import type { Steps } from "./steps";

/** What every automation of an environment is made from. */
export interface Runbook<S = Steps> {
  readonly environment: Environment;
  readonly steps: S;
  /** ARN of the role that the automations act as. */
  readonly role: string;
  readonly logGroup: string;
}

export interface AutomationProps {
  readonly name:
    "Preflight" | "Rehearsal" | "Cutover" | "Rollback" | "Signoff" | "Reopen" | "RestoreDrill" | "Recover";
  readonly description: string;
  /** Beside RunId, which every automation takes. */
  readonly parameters?: DocumentParameters;
  readonly steps: AutomationStep[];
  readonly outputs: string[];
}

/** The document `timescale-cutover-<environment>-<name>`. */
export function automation<S>(scope: Construct, { environment, role }: Runbook<S>, props: AutomationProps) {
  return new AutomationDocument(scope, props.name, {
    ...props,
    steps: [findTarget(environment), ...props.steps],
    name: documentName(environment, props.name),
    assumeRole: role,
    parameters: { RunId: runId, ...props.parameters },
  });
}
