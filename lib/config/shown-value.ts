import { isArn, isSecretName } from "./formats/secret";

const WITHHELD = "(withheld: it looks like a secret)";
const LONGEST = 200;

/** Keys whose value is the NAME of a secret: a well-formed name may be printed, anything else may be the secret. */
const NAMES_A_SECRET = /^(passwordSecret|passSecret|secretName)$/;
const HOLDS_A_SECRET = /pass(word|wd|phrase)?|pwd|secret|token|credential|private(?!address)|accesskey/i;
const SECRET_TEXTS = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /:\/\/[^/\s:@]*:[^/\s]+@/, // a connection URL with a password in it
  /(pass(word|wd|phrase)?|pwd|secret|token)["']?\s*[=:]\s*\S/i,
];

/**
 * The value as a message may print it. Groups and lists are only counted, so that nothing inside them shows;
 * what looks like a secret, by its key or by itself, is withheld.
 *
 * @param lastKey the last key of the value's path, such as `passwordSecret`
 */
export function shownValue(lastKey: string, value: unknown): string {
  if (value === undefined) return "(nothing)";
  if (value === null || typeof value === "boolean" || value === "") return JSON.stringify(value);
  if (Array.isArray(value)) return `(a list of ${value.length})`;
  if (typeof value === "object") return `(a group of ${Object.keys(value).length} keys)`;
  if (looksSecret(lastKey, String(value))) return WITHHELD;
  return typeof value === "string" ? shortened(JSON.stringify(value)) : String(value);
}

function looksSecret(lastKey: string, text: string): boolean {
  if (isArn(text)) return false;
  if (SECRET_TEXTS.some((pattern) => pattern.test(text))) return true;
  return NAMES_A_SECRET.test(lastKey) ? !isSecretName(text) : HOLDS_A_SECRET.test(lastKey);
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}
