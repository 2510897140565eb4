/** `{{ name }}` inside the values of a document. */
export type ReferenceValue = string | number | boolean | string[] | Record<string, unknown> | unknown[];

const REFERENCE = /\{\{\s*([^{}]+?)\s*\}\}/g;
const ONLY_A_REFERENCE = /^\s*\{\{\s*([^{}]+?)\s*\}\}\s*$/;

/** Every name that a value refers to, at any depth. */
export function referencesIn(value: unknown): string[] {
  if (typeof value === "string") return [...value.matchAll(REFERENCE)].map((match) => match[1] ?? "");
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (isRecord(value)) return Object.values(value).flatMap(referencesIn);
  return [];
}

/**
 * Replaces the references in a value, at any depth. A string that is nothing but a reference takes the value with its
 * type; inside a longer string it becomes text. `resolve` returns undefined for a name that is to stay as it stands.
 */
export function substitute(value: unknown, resolve: (name: string) => ReferenceValue | undefined): unknown {
  if (typeof value === "string") return substituteText(value, resolve);
  if (Array.isArray(value)) return value.flatMap((each) => substituteItem(each, resolve));
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, substitute(each, resolve)]));
  }
  return value;
}

/** As text, lists and maps are JSON. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function substituteText(text: string, resolve: (name: string) => ReferenceValue | undefined): unknown {
  const whole = ONLY_A_REFERENCE.exec(text)?.[1];
  if (whole !== undefined) return resolve(whole) ?? text;
  return text.replace(REFERENCE, (written, name: string) => {
    const found = resolve(name);
    return found === undefined ? written : asText(found);
  });
}

// A list inside a list is flattened: `InstanceIds: ["{{ InstanceIds }}"]` is how AWS's own runbooks pass one on.
function substituteItem(item: unknown, resolve: (name: string) => ReferenceValue | undefined): unknown[] {
  const found = substitute(item, resolve);
  return typeof item === "string" && Array.isArray(found) ? found : [found];
}
