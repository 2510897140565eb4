import type { z } from "zod";
import { environmentSchema } from "./environment";
import { type KeyPath, keyOf, valueAt } from "./key-path";
import { nearest } from "./nearest";
import type { ConfigurationProblem } from "./problem";
import { formWithKey, knownKeys, schemaAt } from "./schema-walk";
import { shownValue } from "./shown-value";

type Issue = z.core.$ZodIssue;

/** The problems that one of zod's issues stands for: several, when several keys of a group are unknown. */
export function explained(issue: Issue, input: unknown, top: string): ConfigurationProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      ...located([...issue.path, key], input, top),
      why: "is an unknown key",
      remedy: insteadOf(key, issue.path, input),
    }));
  }
  return [{ ...located(issue.path, input, top), ...judged(issue, input) }];
}

function located(path: KeyPath, input: unknown, top: string): Pick<ConfigurationProblem, "key" | "value"> {
  return { key: keyOf(top, path), value: shownValue(String(path.at(-1) ?? top), valueAt(input, path)) };
}

function insteadOf(key: string, group: KeyPath, input: unknown): string {
  const form = formWithKey(environmentSchema, input, group, key);
  if (form !== undefined) return `Remove it: it belongs to ${form}.`;
  const known = knownKeys(environmentSchema, input, group);
  const meant = nearest(key, known);
  if (meant !== undefined) return `Did you mean "${meant}"? Rename it, or remove it.`;
  return `Remove it. The keys known here: ${known.join(", ")}.`;
}

function judged(issue: Issue, input: unknown): Pick<ConfigurationProblem, "why" | "remedy"> {
  const received = valueAt(input, issue.path);
  const wanted = wantedAt(issue, input);
  if (received === undefined) return { why: "is missing", remedy: `Set it to ${wanted}.` };
  return { why: whyRefused(issue, received), remedy: remedyOf(issue) ?? `Write ${wanted}.` };
}

function whyRefused(issue: Issue, received: unknown): string {
  if (issue.code === "custom") return issue.message;
  if (issue.code === "invalid_type") return `is ${kindOf(received)} where ${kindWanted(issue)} is wanted`;
  if (issue.code === "too_small" && !issue.inclusive) return `is not more than ${issue.minimum}`;
  if (issue.code === "too_small") return `is below the least value, ${issue.minimum}`;
  if (issue.code === "too_big") return `is above the greatest value, ${issue.maximum}`;
  return "is none of the values known here";
}

/** What belongs at the issue's path, as a noun phrase. */
function wantedAt(issue: Issue, input: unknown): string {
  const choices = choicesOf(issue);
  if (choices.length > 0) return choices.map((choice) => JSON.stringify(choice)).join(" or ");
  const description = schemaAt(environmentSchema, input, issue.path)?.description;
  if (description !== undefined) return description;
  const keys = knownKeys(environmentSchema, input, issue.path);
  return keys.length > 0
    ? `a group with the keys ${keys.join(", ")}`
    : "a group of keys, as in bin/environments.ts";
}

/** The values that a discriminator may have: `source.kind`, `ownership.mode`, `cipher.type`. */
function choicesOf(issue: Issue): unknown[] {
  return issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options)
    ? issue.options
    : [];
}

function remedyOf(issue: Issue): string | undefined {
  const remedy: unknown = issue.code === "custom" ? issue.params?.["remedy"] : undefined;
  return typeof remedy === "string" ? remedy : undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of keys";
  if (typeof value === "string") return "text";
  if (typeof value === "number" && !Number.isFinite(value)) return "no finite number";
  if (typeof value === "number") return Number.isInteger(value) ? "a number" : "a number with a fraction";
  return `a ${typeof value}`;
}

function kindWanted({ expected }: z.core.$ZodIssueInvalidType): string {
  const words: Record<string, string> = {
    string: "text",
    object: "a group of keys",
    array: "a list",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
  };
  return words[expected] ?? expected;
}
