import type { Construct } from "constructs";
import type { Environment } from "../config/environment";
import type { CommandDocument } from "../ssm/command-document";
import { compare } from "./steps/compare";
import { dump } from "./steps/dump";
import { fetchDump } from "./steps/fetch-dump";
import { fingerprint } from "./steps/fingerprint";
import { holdSnapshot } from "./steps/hold-snapshot";
import { inspectSource } from "./steps/inspect-source";
import { inspectTarget } from "./steps/inspect-target";
import { lock } from "./steps/lock";
import { prepareDatabase } from "./steps/prepare-database";
import { prepareRoles } from "./steps/prepare-roles";
import { reassignOwnership } from "./steps/reassign-ownership";
import { releaseSnapshot } from "./steps/release-snapshot";
import { releaseSource } from "./steps/release-source";
import { restore } from "./steps/restore";
import { sendDump } from "./steps/send-dump";
import { startWorkers } from "./steps/start-workers";
import { unlock } from "./steps/unlock";

/** The steps of an environment's runbook, each once, for the automations to compose. */
export type Steps = ReturnType<typeof stepsOf>;

export function stepsOf(scope: Construct, environment: Environment) {
  const { ownership, source } = environment;
  return {
    lock: lock(scope, environment),
    inspectSource: inspectSource(scope, environment),
    inspectTarget: inspectTarget(scope, environment),
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
    releaseSource: releaseSource(scope, environment),
    unlock: unlock(scope, environment),
  };
}

/** All Command documents among the steps. */
export function documentsOf(steps: Steps): CommandDocument[] {
  const { relay, ...single } = steps;
  return [...Object.values(single), ...Object.values(relay ?? {})];
}
