import { isKnownAtDeployment } from "./plain-content";
import type { Finding } from "./problem";

/** A parameter of a document. One of `allowedPattern` and `allowedValues` is required. */
export interface DocumentParameter {
  type: "String";
  description: string;
  /** Without one, whoever runs the document has to give a value. */
  default?: string;
  /** A regular expression, anchored with ^ and $. */
  allowedPattern?: string;
  allowedValues?: string[];
}

export type DocumentParameters = Record<string, DocumentParameter>;

// The agent replaces only names of letters and digits; the API's keys have at most 50 characters.
const NAME = /^[A-Za-z][A-Za-z0-9]{0,49}$/;

/** What is wrong with the declarations. */
export function parameterFindings(parameters: DocumentParameters): Finding[] {
  return Object.entries(parameters).flatMap(([name, parameter]) =>
    [...nameFindings(name), ...constraintFindings(parameter)].map((finding) => ({
      part: `parameter ${name}`,
      ...finding,
    })),
  );
}

/** Why the parameter would not take the value, reading on from the value; undefined when it takes it. */
export function whyRefused(parameter: DocumentParameter, value: string): string | undefined {
  const { allowedPattern, allowedValues } = parameter;
  if (allowedValues !== undefined && !allowedValues.includes(value)) {
    return `is none of the allowed values ${allowedValues.join(", ")}`;
  }
  const pattern = allowedPattern === undefined ? undefined : compiled(allowedPattern);
  return pattern?.test(value) === false ? `does not match the allowed pattern ${allowedPattern}` : undefined;
}

function nameFindings(name: string): Finding[] {
  if (NAME.test(name)) return [];
  return [{ why: "is not named as SSM wants it", remedy: "use 1 to 50 letters and digits, a letter first." }];
}

function constraintFindings(parameter: DocumentParameter): Finding[] {
  const { allowedPattern, allowedValues } = parameter;
  if (allowedPattern === undefined && (allowedValues === undefined || allowedValues.length === 0)) {
    return [
      {
        why: "takes any value",
        remedy: "give it an allowedPattern or allowedValues: its value reaches a root shell.",
      },
    ];
  }
  return [...patternFindings(allowedPattern), ...defaultFindings(parameter)];
}

function patternFindings(pattern: string | undefined): Finding[] {
  if (pattern === undefined) return [];
  if (compiled(pattern) === undefined) {
    return [
      { why: `has an allowedPattern that is no regular expression: ${pattern}`, remedy: "correct it." },
    ];
  }
  // The agent looks for the pattern anywhere in the value.
  if (pattern.startsWith("^") && pattern.endsWith("$")) return [];
  return [
    {
      why: `has an allowedPattern that is not anchored: ${pattern}`,
      remedy: "begin it with ^ and end it with $, or a value that only contains a match passes.",
    },
  ];
}

function defaultFindings(parameter: DocumentParameter): Finding[] {
  const value = parameter.default;
  if (value === undefined || isKnownAtDeployment(value)) return [];
  const why = whyRefused(parameter, value);
  if (why === undefined) return [];
  return [
    { why: `has a default, "${value}", that ${why}`, remedy: "correct the default or what is allowed." },
  ];
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}
