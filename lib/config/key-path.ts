/** Where a value stands: the keys and list positions that lead to it from an environment's top. */
export type KeyPath = readonly PropertyKey[];

/** The path as a person writes it: `prod.extraRoles[1]`. */
export function keyOf(top: string, path: KeyPath): string {
  return path.reduce<string>(
    (key, part) => (typeof part === "number" ? `${key}[${part}]` : `${key}.${String(part)}`),
    top,
  );
}

/** The value at the path, or undefined where the path leads nowhere. */
export function valueAt(input: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, part) => (isGroup(value) ? value[part] : undefined), input);
}

function isGroup(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}
