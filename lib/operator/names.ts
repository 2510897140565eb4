import type { Environment } from "../config/environment";

const prefix = "timescale-cutover";

/** The automations of an environment. At most one of them is in progress at a time, beside Preflight, which only reads. */
export const automations = [
  "Preflight",
  "Rehearsal",
  "Cutover",
  "Rollback",
  "Signoff",
  "Reopen",
  "RestoreDrill",
  "Recover",
] as const;
export type Automation = (typeof automations)[number];

const ofHostStack: ReadonlySet<Automation | null> = new Set<Automation>(["RestoreDrill", "Recover"]);

/** Whether the automation is there as long as the host is; the others go with the runbook. */
export function isOfHostStack(automation: Automation | null): boolean {
  return ofHostStack.has(automation);
}

/** `RestoreDrill` as people write it: restore drill. */
export function automationInWords(automation: Automation): string {
  return automation.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

/** Such as `timescale-cutover-prod-Rehearsal`. */
export function automationDocument(environment: Environment, automation: Automation): string {
  return `${documentPrefix(environment)}${automation}`;
}

/** The automation whose document it is; null for any other document. */
export function automationOf(environment: Environment, document: string): Automation | null {
  return automations.find((automation) => automationDocument(environment, automation) === document) ?? null;
}

/** A step's Command document, such as `timescale-cutover-prod-end-in-flight-source`. */
export function commandDocument(environment: Environment, step: string): string {
  return `${documentPrefix(environment)}${step}`;
}

/** A step's Command document of the host stack, such as `timescale-cutover-prod-archive-status-host`. */
export function hostDocument(environment: Environment, step: string): string {
  return `${commandDocument(environment, step)}-host`;
}

/** What all of the environment's documents begin with; those of "prod-eu" begin with prod's too. */
export function documentPrefix(environment: Environment): string {
  return `${prefix}-${environment.name}-`;
}

/** Whether a document is one of this environment's automations, those of a later release included. */
export function isDocumentOf(environment: Environment, document: string): boolean {
  const start = documentPrefix(environment);
  // One word after the environment: "prod" must not claim the documents of "prod-eu".
  return document.startsWith(start) && /^[A-Z][A-Za-z0-9]*$/.test(document.slice(start.length));
}

/** The directory of a run's state and logs on each host. */
export function stateDirectory(runId: string): string {
  return `/var/lib/${prefix}/${runId}`;
}

/** @param directory whose results: a source that is reached over the network leaves its own under `target` too */
export function resultKey(runId: string, directory: "source" | "target", step: string): string {
  return `runs/${runId}/${directory}/results/${step}.json`;
}

/** What a fence asks while it waits. */
export function questionKey(runId: string, directory: "source" | "target"): string {
  return `runs/${runId}/${directory}/question.json`;
}

/** A run's name: when it was started (UTC) and four characters that tell apart two of the same second. */
export const runIdPattern = /^r[0-9]{8}-[0-9]{6}-[a-z0-9]{4}$/;

const versionPrefix = `${prefix}-`;

/** The cutover run that made this version of the application's secret; null for any other version. */
export function runOfVersion(versionId: string): string | null {
  if (!versionId.startsWith(versionPrefix)) return null;
  const runId = versionId.slice(versionPrefix.length);
  return runIdPattern.test(runId) ? runId : null;
}
