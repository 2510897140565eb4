import { Construct } from "constructs";
import { runbookLogGroupName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { automationRole, letRunSteps } from "../../runbook/automation-role";
import { archiveStatus } from "../../runbook/steps/archive-status";
import { fullBackup } from "../../runbook/steps/full-backup";
import { lock } from "../../runbook/steps/lock";
import { recover as recoverStep } from "../../runbook/steps/recover";
import { restoreDrill as restoreDrillStep } from "../../runbook/steps/restore-drill";
import { startArchiving } from "../../runbook/steps/start-archiving";
import { unlock } from "../../runbook/steps/unlock";
import { recover } from "./recover";
import { restoreDrill } from "./restore-drill";

/** The steps of the host's own automations, and those that its owner runs by themselves. */
export type ArchivingSteps = ReturnType<typeof stepsOf>;

/** What the host's owner needs for as long as there is a host: to see its archiving, back it up, drill and recover it. */
export class Archiving extends Construct {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const role = automationRole(this, environment, "host");
    const steps = stepsOf(this, environment);
    const { lock, unlock, restoreDrill: drill, recover: recovery, startArchiving: start } = steps;
    letRunSteps(role, environment, [lock, unlock, drill, recovery, start]);
    const runbook = { environment, steps, role: role.roleArn, logGroup: runbookLogGroupName(environment) };
    restoreDrill(this, runbook);
    recover(this, runbook);
  }
}

function stepsOf(scope: Construct, environment: Environment) {
  return {
    lock: lock(scope, environment, "host"),
    unlock: unlock(scope, environment, "host"),
    restoreDrill: restoreDrillStep(scope, environment),
    recover: recoverStep(scope, environment),
    startArchiving: startArchiving(scope, environment, "host"),
    // In no automation: the owner runs them.
    fullBackup: fullBackup(scope, environment, "host"),
    archiveStatus: archiveStatus(scope, environment),
  };
}
