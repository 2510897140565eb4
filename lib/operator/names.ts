import type { Environment } from "../config/environment";

const prefix = "timescale-cutover";

/** The directory of a run's state and logs on each host. */
export function stateDirectory(runId: string): string {
  return `/var/lib/${prefix}/${runId}`;
}

export function rehearsalDocument(environment: Environment): string {
  return `${prefix}-${environment.name}-Rehearsal`;
}

/** Whether a document is one of this environment's automations, such as `timescale-cutover-prod-Rehearsal`. */
export function isDocumentOf(environment: Environment, document: string): boolean {
  const start = `${prefix}-${environment.name}-`;
  // One word after the environment: "prod" must not claim the documents of "prod-eu".
  return document.startsWith(start) && /^[A-Z][A-Za-z0-9]*$/.test(document.slice(start.length));
}

/** @param directory whose results: a source that is reached over the network leaves its own under `target` too */
export function resultKey(runId: string, directory: "source" | "target", step: string): string {
  return `runs/${runId}/${directory}/results/${step}.json`;
}
