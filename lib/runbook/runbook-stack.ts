import { NestedStack, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { runbookLogGroupName } from "../config/derived";
import type { Environment } from "../config/environment";
import { cutover } from "./cutover";
import { preflight } from "./preflight";
import { recover } from "./recover";
import { rehearsal } from "./rehearsal";
import { Relay } from "./relay";
import { reopen } from "./reopen";
import { automationRole, letAutomationRun, targetPolicy } from "./roles";
import { restoreDrill } from "./restore-drill";
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
  /** The same for what restores from the repositories. */
  readonly recovery: NestedStack;

  constructor(scope: Construct, id: string, { environment, ...props }: RunbookStackProps) {
    super(scope, id, {
      description: `timescale-cutover ${environment.name}: the runbook`,
      env: { account: environment.aws.account, region: environment.aws.region },
      // The scripts' lines, each indented, would take the template to CloudFormation's limit of 1 MB.
      suppressTemplateIndentation: true,
      ...props,
    });
    const relay = new Relay(this, "Relay", environment);
    const logs = new LogGroup(this, "Logs", {
      logGroupName: runbookLogGroupName(environment),
      retention: RetentionDays.ONE_YEAR,
      // What happened in the window outlives the runbook.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = automationRole(this, environment);
    this.preflight = new NestedStack(this, "Checks", {
      description: `timescale-cutover ${environment.name}: the checks of preflight`,
    });
    this.copy = new NestedStack(this, "Copy", {
      description: `timescale-cutover ${environment.name}: the copy of the database`,
    });
    this.recovery = new NestedStack(this, "Recovery", {
      description: `timescale-cutover ${environment.name}: restores from the repositories`,
    });
    const steps = stepsOf(this, this, environment);
    letAutomationRun(role, environment, documentsOf(steps));
    targetPolicy(this, environment, relay);
    const runbook = { environment, steps, role: role.roleArn, logGroup: logs.logGroupName };
    for (const automation of [
      preflight,
      rehearsal,
      cutover,
      rollback,
      signoff,
      reopen,
      restoreDrill,
      recover,
    ])
      automation(this, runbook);
  }
}
