import type { Environment } from "../config/environment";

/** Document names begin with the environment's: staging's and prod's can stand in one account. */
export function documentName(environment: Pick<Environment, "name">, document: string): string {
  return `timescale-cutover-${environment.name}-${document}`;
}

/** The target's instance role. The host stack makes it; the runbook attaches what a run needs for as long as it stands. */
export function targetRoleName(environment: Pick<Environment, "name">): string {
  return `timescale-cutover-${environment.name}-target`;
}
