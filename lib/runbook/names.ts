import type { Environment } from "../config/environment";

/** Document names begin with the environment's: staging's and prod's can stand in one account. */
export function documentName(environment: Pick<Environment, "name">, document: string): string {
  return `timescale-cutover-${environment.name}-${document}`;
}
