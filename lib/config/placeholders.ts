import type { Environment } from "./environment";
import { keyOf, type KeyPath } from "./key-path";

/** What the example in bin/environments.ts has where only the user knows the value. */
const PLACEHOLDERS: readonly RegExp[] = [
  /placeholder/i,
  // The accounts of AWS's own documentation.
  /^(111122223333|123456789012|444455556666)$/,
  // Ids of one digit, such as i-0aaaaaaaaaaaaaaaa.
  /^[a-z]+-0([0-9a-f])\1{7,}$/,
  // A key of zeros, with which nothing answers.
  /^ssh-[a-z0-9-]+ [A-Za-z0-9+/]*A{40,}=*$/,
];

/** The keys of an environment whose values are still the example's, such as `prod.aws.account`. */
export function placeholdersIn(environment: Environment): string[] {
  return keysIn(environment, [])
    .filter(({ value }) => PLACEHOLDERS.some((pattern) => pattern.test(value)))
    .map(({ path }) => keyOf(environment.name, path));
}

function keysIn(value: unknown, path: KeyPath): { path: KeyPath; value: string }[] {
  if (typeof value === "string") return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => keysIn(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => keysIn(item, [...path, key]));
}
