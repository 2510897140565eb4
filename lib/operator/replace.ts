import type { Environment } from "../config/environment";
import { BadInputError } from "./errors";

/** Naming the database is the consent to lose what the target holds of it, so a wrong name is no consent. */
export function checkReplace(replace: string | undefined, environment: Environment): void {
  const { name } = environment.database;
  if (replace === undefined || replace === name) return;
  throw new BadInputError(
    "replace-mismatch",
    `--replace names ${JSON.stringify(replace)}; the database of ${environment.name} is ${JSON.stringify(name)}.`,
    `Write --replace ${name}, if the target's database of that name may be lost.`,
  );
}
