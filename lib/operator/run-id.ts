import { randomInt } from "node:crypto";
import { BadInputError } from "./errors";

/** A run's name: when it was started (UTC) and four characters that tell apart two of the same second. */
export const runIdPattern = /^r[0-9]{8}-[0-9]{6}-[a-z0-9]{4}$/;

const suffixAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Example: `r20261121-051300-k3f9`. */
export function newRunId(now: Date): string {
  const [day = "", time = ""] = now.toISOString().split("T");
  const suffix = Array.from({ length: 4 }, () =>
    suffixAlphabet.charAt(randomInt(suffixAlphabet.length)),
  ).join("");
  return `r${day.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${suffix}`;
}

export function checkRunId(value: string): string {
  if (runIdPattern.test(value)) return value;
  throw new BadInputError(
    "run-id-malformed",
    `--run-id ${JSON.stringify(value)} is no run id.`,
    `Write it as rYYYYMMDD-HHMMSS-xxxx (such as ${newRunId(new Date())}), or leave it out.`,
  );
}
