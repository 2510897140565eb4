/** What Automation itself defines. */
export const SYSTEM_VARIABLES = [
  "automation:EXECUTION_ID",
  "global:ACCOUNT_ID",
  "global:AWS_PARTITION",
  "global:DATE",
  "global:DATE_TIME",
  "global:REGION",
] as const;
export type SystemVariable = (typeof SYSTEM_VARIABLES)[number];

/** `{{ ... }}` as it stands in a document. */
export type Reference = { written: string } & (
  | { kind: "parameter"; name: string }
  | { kind: "variable"; name: string }
  | { kind: "system"; name: string }
  | { kind: "output"; step: string; output: string }
  | { kind: "malformed" }
);

/** The value of one of the automation's own parameters. */
export function parameterReference(name: string): string {
  return `{{ ${name} }}`;
}

/** What an earlier step gave out: `outputReference("dump", "Output")`. */
export function outputReference(step: string, output: string): string {
  return `{{ ${step}.${output} }}`;
}

/** The value of one of the automation's variables. */
export function variableReference(name: string): string {
  return `{{ variable:${name} }}`;
}

/** The value of a variable that Automation itself defines. */
export function systemReference(name: SystemVariable): string {
  return `{{ ${name} }}`;
}

/** Every reference in a value, at any depth, in the order of writing. */
export function referencesIn(value: unknown): Reference[] {
  if (typeof value === "string") {
    return [...value.matchAll(/\{\{([^]*?)\}\}/g)].map(([written, inside = ""]) =>
      parse(written, inside.trim()),
    );
  }
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(referencesIn);
  return [];
}

function parse(written: string, inside: string): Reference {
  const [, space, name = ""] = /^(?:(global|automation|variable):)?(\w+)$/.exec(inside) ?? [];
  if (space === "variable") return { written, kind: "variable", name };
  if (space !== undefined) return { written, kind: "system", name: `${space}:${name}` };
  if (name !== "") return { written, kind: "parameter", name };
  const [, step, output] = /^(\w+)\.(\w+)$/.exec(inside) ?? [];
  if (step !== undefined && output !== undefined) return { written, kind: "output", step, output };
  return { written, kind: "malformed" };
}
