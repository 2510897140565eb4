import { z } from "zod";
import { secretName } from "../formats/secret";
import { type KeyPath, valueAt } from "../key-path";
import { type Finding, type Rule, rule } from "./rule";

const APPLICATION: KeyPath = ["application", "secretName"];
const SOURCE: KeyPath = ["source", "passwordSecret"];
const REPO3: KeyPath = ["repository", "pgbackrest", "repo3", "cipher", "passSecret"];
const REPO2: KeyPath = ["repository", "pgbackrest", "repo2", "cipher", "passSecret"];

/**
 * Each secret serves one purpose. The switch rewrites the application's, so nothing else may read that one,
 * and a password that doubles as the backups' passphrase cannot be changed without losing the backups.
 * (repo2 and repo3 may share a passphrase.)
 */
export const secretsServeOnePurpose: Rule[] = [
  distinct(APPLICATION, SOURCE),
  distinct(APPLICATION, REPO3),
  distinct(APPLICATION, REPO2),
  distinct(SOURCE, REPO3),
  distinct(SOURCE, REPO2),
];

function distinct(one: KeyPath, other: KeyPath): Rule {
  return rule(z.unknown(), (input): Finding[] => {
    const [first, second] = [nameAt(input, one), nameAt(input, other)];
    if (first === undefined || first !== second) return [];
    return [
      {
        path: other,
        why: `names the same secret as ${one.join(".")}`,
        remedy: "Keep the two values in secrets of their own: one secret, one purpose.",
      },
    ];
  });
}

/** The well-formed name at a path, if there is one. */
function nameAt(input: unknown, path: KeyPath): string | undefined {
  return secretName.safeParse(valueAt(input, path)).data;
}
