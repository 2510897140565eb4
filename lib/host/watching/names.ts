import type { Environment } from "../../config/environment";

/** The whole name of an alarm: staging's and prod's can stand in one account. */
export function alarmName({ name }: Pick<Environment, "name">, alarm: string): string {
  return `timescale-cutover-${name}-${alarm}`;
}
