import { conflicts } from "./conflicts";
import type { Environment } from "./environment";
import { keyOf, valueAt } from "./key-path";
import { ConfigurationError, type ConfigurationProblem } from "./problem";
import { shownValue } from "./shown-value";
import { validateEnvironment } from "./validate";

type Named = [key: string, environment: Environment];

/**
 * Every environment of a file, validated one by one and against each other.
 *
 * @throws ConfigurationError that lists every problem of every environment
 */
export function validateEnvironments<K extends string>(inputs: Record<K, unknown>): Record<K, Environment> {
  const problems: ConfigurationProblem[] = [];
  const valid: Named[] = [];
  for (const [key, input] of Object.entries(inputs)) {
    try {
      valid.push([key, validateEnvironment(input, key)]);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(...error.problems);
    }
  }
  problems.push(...valid.flatMap(misnamed), ...pairsOf(valid).flatMap(conflicting));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return Object.fromEntries(valid) as Record<K, Environment>;
}

function misnamed([key, { name }]: Named): ConfigurationProblem[] {
  if (name === key) return [];
  return [
    {
      key: keyOf(key, ["name"]),
      value: shownValue("name", name),
      why: `differs from its key in the file, "${key}"`,
      remedy: `Write "${key}".`,
    },
  ];
}

function pairsOf(all: Named[]): [Named, Named][] {
  return all.flatMap((one, index) => all.slice(index + 1).map((other): [Named, Named] => [one, other]));
}

function conflicting([[firstKey, first], [key, environment]]: [Named, Named]): ConfigurationProblem[] {
  return conflicts
    .filter((conflict) => conflict.arises(first, environment))
    .map(({ path, why, remedy }) => ({
      key: keyOf(key, path),
      value: shownValue(String(path.at(-1)), valueAt(environment, path)),
      why: why(firstKey),
      remedy,
    }));
}
