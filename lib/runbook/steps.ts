import type { Construct } from "constructs";
import type { Environment } from "../config/environment";
import type { CommandDocument } from "../ssm/command-document";
import { activate } from "./steps/activate";
import { applyWrites } from "./steps/apply-writes";
import { baseline } from "./steps/baseline";
import { changedDefinitions } from "./steps/changed-definitions";
import { checkAws } from "./steps/check-aws";
import { checkDatabase } from "./steps/check-database";
import { checkHealth } from "./steps/check-health";
import { checkPlan } from "./steps/check-plan";
import { checkRepository } from "./steps/check-repository";
import { checkSource } from "./steps/check-source";
import { checkTarget } from "./steps/check-target";
import { closeTarget } from "./steps/close-target";
import { compare } from "./steps/compare";
import { dump } from "./steps/dump";
import { endInFlight } from "./steps/end-in-flight";
import { fence } from "./steps/fence";
import { fetchDump } from "./steps/fetch-dump";
import { fingerprint } from "./steps/fingerprint";
import { fullBackup } from "./steps/full-backup";
import { gate } from "./steps/gate";
import { holdSnapshot } from "./steps/hold-snapshot";
import { inspectApplication } from "./steps/inspect-application";
import { inspectRollback } from "./steps/inspect-rollback";
import { inspectSource } from "./steps/inspect-source";
import { inspectTarget } from "./steps/inspect-target";
import { lock } from "./steps/lock";
import { pointDns } from "./steps/point-dns";
import { logIn } from "./steps/log-in";
import { prepareDatabase } from "./steps/prepare-database";
import { prepareRoles } from "./steps/prepare-roles";
import { prepareStanza } from "./steps/prepare-stanza";
import { proveQuiet } from "./steps/prove-quiet";
import { reassignOwnership } from "./steps/reassign-ownership";
import { record } from "./steps/record";
import { releaseSnapshot } from "./steps/release-snapshot";
import { releaseSource } from "./steps/release-source";
import { reopen } from "./steps/reopen";
import { restore } from "./steps/restore";
import { retireSource } from "./steps/retire-source";
import { saveWrites } from "./steps/save-writes";
import { sendDump } from "./steps/send-dump";
import { settle } from "./steps/settle";
import { smokeTest } from "./steps/smoke-test";
import { startArchiving } from "./steps/start-archiving";
import { startWorkers } from "./steps/start-workers";
import { stopArchiving } from "./steps/stop-archiving";
import { switchTo } from "./steps/switch-to";
import { unlock } from "./steps/unlock";

/** The steps of an environment's runbook, each once, for the automations to compose. */
export type Steps = ReturnType<typeof stepsOf>;

/** Where documents go that have a template of their own: all in one would be too large for CloudFormation. */
export interface Nested {
  readonly preflight: Construct;
  readonly copy: Construct;
  readonly writes: Construct;
}

export function stepsOf(scope: Construct, nested: Nested, environment: Environment) {
  return {
    lock: lock(scope, environment),
    unlock: unlock(scope, environment),
    releaseSource: releaseSource(scope, environment),
    ...inspections(scope, environment),
    ...checks(nested.preflight, environment),
    ...copying(nested.copy, environment),
    ...fencing(scope, environment),
    ...switching(scope, environment),
    ...writesSince(nested.writes, environment),
    ...archiving(scope, environment),
    ...records(scope, environment),
  };
}

/** What is looked at before anything is changed. */
function inspections(scope: Construct, environment: Environment) {
  return {
    inspectSource: inspectSource(scope, environment),
    inspectTarget: inspectTarget(scope, environment),
    inspectApplication: inspectApplication(scope, environment),
    inspectRollback: inspectRollback(scope, environment),
    gate: gate(scope, environment),
  };
}

/** Preflight's: everything that could spoil the window, found before it. */
function checks(scope: Construct, environment: Environment) {
  return {
    checkSource: checkSource(scope, environment),
    checkDatabase: checkDatabase(scope, environment),
    checkTarget: checkTarget(scope, environment),
    checkRepository: checkRepository(scope, environment),
    checkAws: checkAws(scope, environment),
    checkPlan: checkPlan(scope, environment),
  };
}

/** From the source to a compared copy on the target. */
function copying(scope: Construct, environment: Environment) {
  const { ownership, source } = environment;
  return {
    holdSnapshot: holdSnapshot(scope, environment),
    dump: dump(scope, environment),
    fingerprintSource: fingerprint(scope, environment, "source"),
    releaseSnapshot: releaseSnapshot(scope, environment),
    // A network source is dumped on the target itself: nothing to carry.
    ...(source.kind === "managed" && {
      relay: { sendDump: sendDump(scope, environment), fetchDump: fetchDump(scope, environment) },
    }),
    prepareRoles: prepareRoles(scope, environment),
    prepareDatabase: prepareDatabase(scope, environment),
    restore: restore(scope, environment),
    ...(ownership.mode === "reassign" && {
      reassignOwnership: reassignOwnership(scope, environment, ownership.role),
    }),
    fingerprintTarget: fingerprint(scope, environment, "target"),
    compare: compare(scope, environment),
    startWorkers: startWorkers(scope, environment),
  };
}

/** Which side takes the application's writes. */
function fencing(scope: Construct, environment: Environment) {
  return {
    fenceSource: fence(scope, environment, "source"),
    fenceTarget: fence(scope, environment, "target"),
    // In no automation: the operator has it run when a fence asks.
    endInFlightSource: endInFlight(scope, environment, "source"),
    endInFlightTarget: endInFlight(scope, environment, "target"),
    proveQuietSource: proveQuiet(scope, environment, "source"),
    proveQuietTarget: proveQuiet(scope, environment, "target"),
    reopenSource: reopen(scope, environment, "source"),
    reopenTarget: reopen(scope, environment, "target"),
    retireSource: retireSource(scope, environment),
    closeTarget: closeTarget(scope, environment),
    activate: activate(scope, environment),
  };
}

/** Where the application is led, and what shows that it works there. */
function switching(scope: Construct, environment: Environment) {
  const { dnsRecord, healthUrls } = environment.application;
  return {
    logIn: logIn(scope, environment),
    switch: switchTo(scope, environment, "target"),
    switchBack: switchTo(scope, environment, "source"),
    settle: settle(scope, environment),
    ...(dnsRecord && {
      dns: {
        pointDns: pointDns(scope, environment, "target"),
        pointDnsBack: pointDns(scope, environment, "source"),
      },
    }),
    ...(healthUrls.length > 0 && { checkHealth: checkHealth(scope, environment) }),
    smokeTestTarget: smokeTest(scope, environment, "target"),
    smokeTestSource: smokeTest(scope, environment, "source"),
  };
}

/** What was written on the target since the switch. */
function writesSince(scope: Construct, environment: Environment) {
  return {
    baseline: baseline(scope, environment),
    changedDefinitions: changedDefinitions(scope, environment),
    saveWrites: saveWrites(scope, environment),
    applyWrites: applyWrites(scope, environment),
  };
}

/** The target's WAL and backups. */
function archiving(scope: Construct, environment: Environment) {
  return {
    prepareStanza: prepareStanza(scope, environment),
    stopArchiving: stopArchiving(scope, environment),
    startArchiving: startArchiving(scope, environment),
    fullBackup: fullBackup(scope, environment),
  };
}

function records(scope: Construct, environment: Environment) {
  return {
    recordRehearsal: record(scope, environment, "rehearsal"),
    recordCutover: record(scope, environment, "cutover"),
    recordRollback: record(scope, environment, "rollback"),
    recordSignoff: record(scope, environment, "signoff"),
  };
}

/** All Command documents among the steps. */
export function documentsOf({ relay, dns, ...single }: Steps): CommandDocument[] {
  return [single, relay ?? {}, dns ?? {}].flatMap((steps) => Object.values(steps));
}
