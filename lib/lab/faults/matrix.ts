import { type Fault, type FaultKind, qualifiedName, resolveFault } from "./fault";
import type { RunbookStep } from "./runbook-steps";

/**
 * The matrix: which faults are executed in which step. Every step of Cutover and Rollback has at least one; a kind is left
 * out of a step where it would show what another cell shows already:
 *
 * - kill-postgres: only where the step needs the server of its host. Elsewhere nothing of the step is struck.
 * - kill-host: once for each state that a host can be lost in: reading, fencing, fenced, restoring, activated, switching,
 *   switched, reopening. It ends a server as kill-postgres does, and a script as kill-agent does.
 * - kill-agent: where the step changes something or no other kind strikes. A step that only reads fails as any other.
 * - cut-network, slow-network: only where bytes travel: results go to the relay bucket in every step alike, so it is the
 *   dump, the saved writes, the secret at the switch, and all that asks the repository.
 * - fill-disk, keep-disk-full: only where the step writes much: the dump, its way in, the restore, the saved writes.
 * - cancel: once for each place that a cancel leads to (releaseSource, reopenSource, closeTargetAgain, settle, onward,
 *   reopenTarget, settleBack), and where it is asked at the worst moment.
 * - second-start, same-run-id: while the lock is taken, and while the results of a run lie there already.
 * - superuser-writes: between the two proofs of quiet, and after the second.
 * - rotate-password: when the dump holds the old one. outlast-window: between the approval and the fence.
 * - A branch is decided by Systems Manager itself and can be struck by nothing; approve runs on no host.
 */
const cutover: Readonly<Record<string, readonly FaultKind[]>> = {
  lock: ["kill-agent", "second-start"],
  inspectSource: ["cut-network"],
  inspectTarget: ["kill-postgres"],
  inspectApplication: ["kill-agent"],
  checkSource: ["kill-postgres"],
  checkDatabase: ["kill-agent"],
  checkTarget: ["kill-postgres"],
  checkRepository: ["cut-network"],
  checkAws: ["cancel"],
  gate: ["cancel"],
  approve: ["cancel"],
  closeTarget: ["kill-agent"],
  prepareStanza: ["cut-network", "outlast-window"],
  gateAgain: ["kill-agent"],
  fenceSource: ["kill-postgres", "kill-host", "cancel"],
  proveQuiet: ["cancel"],
  holdSnapshot: ["kill-agent"],
  dump: ["kill-postgres", "fill-disk", "keep-disk-full"],
  fingerprintSource: ["kill-host", "same-run-id"],
  releaseSnapshot: ["kill-agent", "superuser-writes"],
  sendDump: ["cut-network", "slow-network"],
  fetchDump: ["fill-disk"],
  prepareRoles: ["kill-postgres"],
  prepareDatabase: ["kill-agent"],
  stopArchiving: ["kill-postgres"],
  restore: ["kill-host", "fill-disk", "cancel", "rotate-password"],
  reassignOwnership: ["kill-postgres"],
  fingerprintTarget: ["kill-agent"],
  compare: ["cancel"],
  startArchiving: ["kill-agent", "kill-host", "cut-network"],
  baseline: ["kill-agent"],
  proveQuietAgain: ["kill-postgres"],
  activate: ["kill-host", "cancel"],
  logIn: ["kill-agent"],
  switch: ["kill-host", "kill-agent", "cut-network", "cancel", "superuser-writes"],
  settle: ["kill-agent", "cancel"],
  settleOnSource: ["kill-agent"],
  settleAgain: ["kill-agent"],
  settleOnSourceAgain: ["kill-agent"],
  retireSource: ["kill-postgres", "cancel"],
  smokeTest: ["kill-postgres"],
  startWorkers: ["kill-host"],
  fullBackup: ["kill-agent", "cut-network"],
  recordCutover: ["kill-agent"],
  closeTargetAgain: ["kill-host"],
  reopenSource: ["kill-host"],
  reopenSourceAgain: ["kill-agent"],
  releaseSourceFirst: ["kill-agent"],
  reopenSourceLast: ["kill-agent"],
  releaseSource: ["kill-agent"],
  unlock: ["kill-agent"],
};

const rollback: Readonly<Record<string, readonly FaultKind[]>> = {
  lock: ["cancel"],
  inspectRollback: ["kill-agent"],
  fenceTarget: ["kill-postgres", "kill-agent", "cancel"],
  proveQuietTarget: ["kill-host"],
  changedDefinitions: ["kill-agent"],
  saveWrites: ["kill-agent", "fill-disk", "cut-network", "slow-network"],
  applyWrites: ["kill-postgres", "kill-agent"],
  proveQuietTargetAgain: ["kill-agent"],
  switchBack: ["kill-host", "cut-network", "cancel"],
  settleBack: ["kill-agent"],
  settleBackOnTarget: ["kill-agent"],
  settleBackAgain: ["kill-agent"],
  settleBackOnTargetAgain: ["kill-agent"],
  reopenSource: ["kill-postgres", "kill-host"],
  smokeTestSource: ["kill-agent"],
  reopenSourceLast: ["kill-agent"],
  recordRollback: ["cancel"],
  reopenTarget: ["kill-postgres"],
  reopenTargetAgain: ["kill-agent"],
  reopenSourceAgain: ["kill-agent"],
  releaseSource: ["kill-agent"],
  unlock: ["kill-agent"],
};

/** While the fence closes, with a copy half restored, and on the way back; the continuous integration has no time for more. */
const chosen = [
  "kill-postgres@Cutover.fenceSource",
  "cancel@Cutover.restore",
  "kill-agent@Rollback.saveWrites",
];

export const parts = ["ci", "rest", "all"] as const;
export type Part = (typeof parts)[number];

/** The cells of a part of the matrix, for the steps that this environment's runbook has. */
export function matrix(part: Part, steps: readonly RunbookStep[]): Fault[] {
  const all = steps.flatMap((step) => kindsAt(step).map((kind) => cell(kind, step, steps)));
  const isChosen = ({ kind, step }: Fault) => chosen.includes(`${kind}@${qualifiedName(step)}`);
  if (part === "all") return all;
  return all.filter((fault) => isChosen(fault) === (part === "ci"));
}

/** The kinds that are executed in a step. */
export function kindsAt({ automation, name }: RunbookStep): readonly FaultKind[] {
  return (automation === "Cutover" ? cutover : rollback)[name] ?? [];
}

function cell(kind: FaultKind, step: RunbookStep, steps: readonly RunbookStep[]): Fault {
  return resolveFault({ kind, step: qualifiedName(step) }, steps);
}
