import type { Environment } from "../config/environment";
import { validateEnvironment } from "../config/validate";
import { BadInputError } from "./errors";

/**
 * The environment of that name, validated.
 * @throws BadInputError that names the known ones; ConfigurationError when its entry is wrong
 */
export function environmentNamed(environments: Readonly<Record<string, unknown>>, name: string): Environment {
  if (!Object.hasOwn(environments, name)) {
    throw new BadInputError(
      "environment-unknown",
      `There is no environment ${JSON.stringify(name)}.`,
      `Known are: ${Object.keys(environments).join(", ")} (bin/environments.ts).`,
    );
  }
  return validateEnvironment(environments[name], name);
}
