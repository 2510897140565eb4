import { randomInt } from "node:crypto";
import { BadInputError } from "./errors";
import { runIdPattern } from "./names";

const suffixAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Example: `r20261121-051300-k3f9`. */
export function newRunId(now: Date): string {
  const [day = "", time = ""] = now.toISOString().split("T");
  const suffix = Array.from({ length: 4 }, () =>
    suffixAlphabet.charAt(randomInt(suffixAlphabet.length)),
  ).join("");
  return `r${day.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${suffix}`;
}

/** The name that was asked for, or a new one. */
export function runIdOf(asked: string | undefined, now: Date): string {
  return asked === undefined ? newRunId(now) : checkRunId(asked, "--run-id");
}

/** @param option where it was given, such as `--run-id` */
export function checkRunId(value: string, option: string): string {
  if (runIdPattern.test(value)) return value;
  throw new BadInputError(
    "run-id-malformed",
    `${option} ${JSON.stringify(value)} is no run id.`,
    `Write it as rYYYYMMDD-HHMMSS-xxxx (such as ${newRunId(new Date())}), or leave it out.`,
  );
}
