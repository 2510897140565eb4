import type { EnvironmentInput } from "../../config/environment";
import { ConfigurationError } from "../../config/problem";
import { validateEnvironment } from "../../config/validate";
import { UnknownFault } from "../faults/fault";
import { LabUnavailable } from "../lab-unavailable";
import { SeedError } from "../seed/seed";

class UnknownEnvironment extends Error {}

/** What the user has to change, told in the error's own message. */
export function isBadInput(error: unknown): error is Error {
  return [LabUnavailable, ConfigurationError, SeedError, UnknownEnvironment, UnknownFault].some(
    (type) => error instanceof type,
  );
}

/** The environment with this database; a wrong name is refused before anything is booted. */
export function environmentNamed(
  { env, database }: { env: string; database: string },
  environments: Readonly<Record<string, EnvironmentInput>>,
): EnvironmentInput {
  const environment = environments[env];
  if (environment === undefined) {
    throw new UnknownEnvironment(
      `There is no environment "${env}" in bin/environments.ts; there are ${Object.keys(environments).join(", ")}.`,
    );
  }
  const named = { ...environment, database: { ...environment.database, name: database } };
  validateEnvironment(named, env);
  return named;
}
