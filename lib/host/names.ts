import type { Environment } from "../config/environment";

/** The `Name` tag of the instance, its interface and its security group, and of the root volume with them. */
export function targetName({ name }: Pick<Environment, "name">): string {
  return `timescale-cutover-${name}-target`;
}

/** The `Name` tag of the data volume. (KMS lists keys by their descriptions.) */
export function dataName({ name }: Pick<Environment, "name">): string {
  return `timescale-cutover-${name}-data`;
}
