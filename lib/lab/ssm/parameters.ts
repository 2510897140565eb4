import { z } from "zod";

export type ParameterValue = string | number | boolean | string[];

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** A parameter as a document declares it. Keys that the lab does not enforce are refused, not ignored. */
export const parameterSchema = z.strictObject({
  type: z.enum(["String", "StringList", "Integer", "Boolean"]),
  description: z.string().optional(),
  default: value.optional(),
  allowedPattern: z.string().optional(),
  allowedValues: z.array(value).optional(),
  displayType: z.string().optional(),
  interpolationType: z.literal("ENV_VAR").optional(),
});
export type ParameterDefinition = z.infer<typeof parameterSchema>;
export type ParameterDefinitions = Record<string, ParameterDefinition>;

export interface ResolvedParameters {
  values: Record<string, ParameterValue>;
  /** One sentence for each thing wrong; empty when the values may be used. */
  problems: string[];
}

/** Checks what a caller supplied (every value a list, as the API has it) and fills in the defaults. */
export function resolveParameters(
  definitions: ParameterDefinitions,
  supplied: Record<string, string[]>,
): ResolvedParameters {
  const problems = Object.keys(supplied)
    .filter((name) => !Object.hasOwn(definitions, name))
    .map((name) => `Parameter "${name}" is not defined in the document.`);
  const values: Record<string, ParameterValue> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    const given = Object.hasOwn(supplied, name) ? supplied[name] : undefined;
    const resolved = given === undefined ? definition.default : parse(definition, given);
    if (resolved === undefined) {
      problems.push(
        given === undefined
          ? `Parameter "${name}" requires a value.`
          : `Parameter "${name}" must be one ${definition.type}, not ${JSON.stringify(given)}.`,
      );
      continue;
    }
    problems.push(...constraintProblems(name, definition, resolved));
    values[name] = resolved;
  }
  return { values, problems };
}

/** What is wrong with the declarations themselves: AWS refuses such a document when it is created. */
export function declarationProblems(definitions: ParameterDefinitions): string[] {
  return Object.entries(definitions).flatMap(([name, definition]) => {
    if (!/^[a-zA-Z0-9]+$/.test(name)) return [`parameter "${name}": a name has only letters and digits`];
    if (definition.interpolationType !== undefined && definition.type !== "String") {
      return [`parameter "${name}": interpolationType ENV_VAR is for type String`];
    }
    if (definition.allowedPattern !== undefined && compile(definition.allowedPattern) === undefined) {
      return [`parameter "${name}": allowedPattern is no regular expression: ${definition.allowedPattern}`];
    }
    if (definition.default === undefined) return [];
    return constraintProblems(name, definition, definition.default).map((each) => `default: ${each}`);
  });
}

function constraintProblems(
  name: string,
  definition: ParameterDefinition,
  resolved: ParameterValue,
): string[] {
  const items = Array.isArray(resolved) ? resolved : [resolved];
  const allowed = definition.allowedValues;
  if (allowed !== undefined && items.some((each) => !allowed.includes(each))) {
    return [
      `Parameter "${name}" has the value ${JSON.stringify(resolved)}; allowed: ${JSON.stringify(allowed)}.`,
    ];
  }
  // Unanchored, as the agent matches: a pattern without ^ and $ lets through what it only contains.
  const pattern = definition.allowedPattern === undefined ? undefined : compile(definition.allowedPattern);
  if (pattern !== undefined && items.some((each) => !pattern.test(String(each)))) {
    return [
      `Parameter "${name}" has the value ${JSON.stringify(resolved)}, which does not match the allowed pattern ${definition.allowedPattern}.`,
    ];
  }
  return [];
}

function parse(definition: ParameterDefinition, given: string[]): ParameterValue | undefined {
  if (definition.type === "StringList") return given;
  const [only, ...more] = given;
  if (only === undefined || more.length > 0) return undefined;
  if (definition.type === "Integer") return /^-?[0-9]+$/.test(only) ? Number(only) : undefined;
  if (definition.type === "Boolean") return /^(true|false)$/i.test(only) ? /^true$/i.test(only) : undefined;
  return only;
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}
