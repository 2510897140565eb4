import { type Environment, environmentSchema } from "./environment";
import { explained } from "./explain";
import { valueAt } from "./key-path";
import { ConfigurationError } from "./problem";
import { rules } from "./rules";

/**
 * The environment that the input describes, with every default filled in.
 *
 * @param key where the input stands in its file, such as `prod`: the first part of every key in a message
 * @throws ConfigurationError that lists every problem of the input
 */
export function validateEnvironment(input: unknown, key = nameOf(input)): Environment {
  const parsed = environmentSchema.safeParse(input);
  const problems = [
    ...(parsed.error?.issues ?? []).flatMap((issue) => explained(issue, input, key)),
    ...rules.flatMap((rule) => rule.examine(input, key)),
  ];
  if (problems.length > 0 || !parsed.success) throw new ConfigurationError(problems);
  return parsed.data;
}

function nameOf(input: unknown): string {
  const name = valueAt(input, ["name"]);
  return typeof name === "string" && name !== "" ? name : "environment";
}
