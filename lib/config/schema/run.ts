import { z } from "zod";
import { patterned } from "../formats/text";
import { moment } from "../formats/time";
import { count, stepSeconds } from "./figures";

const MOST_JOBS = 64;

const dumpCompression = patterned(
  'a compression of pg_dump with its level, such as "zstd:1" (also "lz4:1", "gzip:6", "none")',
  /^(none|gzip(:[1-9])?|lz4(:([1-9]|1[0-2]))?|zstd(:([1-9]|1[0-9]|2[0-2]))?)$/,
  "is no compression of pg_dump",
);

export const dump = z.strictObject({
  jobs: count("jobs", 1, MOST_JOBS).default(2),
  compression: dumpCompression.default("zstd:1"),
});

export const restore = z.strictObject({
  jobs: count("jobs", 1, MOST_JOBS).default(2),
});

export const relay = z.strictObject({
  expireDays: count("days", 1, 365).default(14),
});

export const maintenanceWindow = z.strictObject({
  hours: z.number().positive().max(48).describe("a number of hours, more than 0, at most 48").default(4),
  /** When it begins; the moment at which the cutover is started, unless set. */
  startsAt: moment.exactOptional(),
});

/** How long a step may take. The four long ones together stay within the plan's window of 4 hours. */
export const timeouts = z.strictObject({
  dumpSeconds: stepSeconds().default(3600),
  relaySeconds: stepSeconds().default(1800),
  restoreSeconds: stepSeconds().default(5400),
  fingerprintSeconds: stepSeconds().default(1800),
  fullBackupSeconds: stepSeconds().default(7200),
  shortStepSeconds: stepSeconds().default(600),
});
