import type { Environment } from "../config/environment";

/** Which server an environment's source is, for a record that must not be taken for another's. */
export function sourceIdentity({ source }: Environment): string {
  return `${source.kind === "managed" ? source.instanceId : source.host}:${source.port}`;
}
