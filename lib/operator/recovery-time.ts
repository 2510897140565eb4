import { BadInputError } from "./errors";

const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})?$/;
const example = "2026-11-21T02:15:15Z";

/** A point in time to recover to: without a zone it would be another moment on every host that reads it. */
export function checkRecoveryTime(time: string | undefined, now: Date): void {
  if (time === undefined) return;
  const shown = `--time ${JSON.stringify(time)}`;
  const [, , zone] = pattern.exec(time) ?? [];
  if (!pattern.test(time) || Number.isNaN(Date.parse(time))) {
    throw new BadInputError("time-malformed", `${shown} is no time.`, `Write it as ${example}.`);
  }
  if (zone === undefined) {
    throw new BadInputError(
      "time-without-zone",
      `${shown} names no zone.`,
      `Write ${time}Z if it is UTC, or its offset, such as ${time}+01:00.`,
    );
  }
  if (Date.parse(time) > now.getTime()) {
    throw new BadInputError(
      "time-in-future",
      `${shown} is in the future: it is ${now.toISOString()}.`,
      "Name a moment that has passed, or leave it out for the latest that the archive holds.",
    );
  }
}
