import { NestedStack, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { runbookLogGroupName } from "../config/derived";
import type { Environment } from "../config/environment";
import { cutover } from "./cutover";
import { preflight } from "./preflight";
import { rehearsal } from "./rehearsal";
import { Relay } from "./relay";
import { reopen } from "./reopen";
import { letRestartApplication } from "./application-policy";
import { automationRole, letRunOnSource, letRunSteps } from "./automation-role";
import { targetPolicy } from "./roles";
import { rollback } from "./rollback";
import { signoff } from "./signoff";
import { documentsOf, stepsOf } from "./steps";

export interface RunbookStackProps extends StackProps {
  readonly environment: Environment;
}

/** The disposable stack: the runbook's documents and what a run needs. Destroyed after signoff. */
export class RunbookStack extends Stack {
  /** The checks' documents: a template of their own, that comes and goes with this one. */
  readonly preflight: NestedStack;
  /** The same for what copies the database, and compares the copy. */
  readonly copy: NestedStack;
  /** The same for what follows the writes since the switch. */
  readonly writes: NestedStack;

  constructor(scope: Construct, id: string, { environment, ...props }: RunbookStackProps) {
    super(scope, id, {
      description: `timescale-cutover ${environment.name}: the runbook`,
      env: { account: environment.aws.account, region: environment.aws.region },
      // The scripts' lines, each indented, would take the template to CloudFormation's limit of 1 MB.
      suppressTemplateIndentation: true,
      ...props,
    });
    const relay = new Relay(this, "Relay", environment);
    const role = automationRole(this, environment, "runbook");
    this.preflight = new NestedStack(this, "Checks", {
      description: `timescale-cutover ${environment.name}: the checks of preflight`,
    });
    this.copy = new NestedStack(this, "Copy", {
      description: `timescale-cutover ${environment.name}: the copy of the database`,
    });
    this.writes = new NestedStack(this, "Writes", {
      description: `timescale-cutover ${environment.name}: the writes since the switch`,
    });
    const steps = stepsOf(this, this, environment);
    letRunSteps(role, environment, documentsOf(steps));
    letRunOnSource(role, environment);
    letRestartApplication(role, environment);
    targetPolicy(this, environment, relay);
    const runbook = { environment, steps, role: role.roleArn, logGroup: runbookLogGroupName(environment) };
    for (const automation of [preflight, rehearsal, cutover, rollback, signoff, reopen])
      automation(this, runbook);
  }
}
