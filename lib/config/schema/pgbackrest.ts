import { z } from "zod";
import { bucketName, region } from "../formats/aws";
import { hostName } from "../formats/network";
import { absolutePath } from "../formats/path";
import { secretName } from "../formats/secret";
import { patterned } from "../formats/text";
import { count } from "./figures";

const stanzaName = patterned(
  'the name of a stanza (letters, digits, "-" and "_"), such as "tracker-ts"',
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/,
  "is no name of a stanza",
);

const systemUser = patterned(
  'the name of a Linux user, such as "postgres"',
  /^[a-z_][a-z0-9_-]{0,31}$/,
  "is no name of a Linux user",
);

const logLevel = z
  .enum(["off", "error", "warn", "info", "detail", "debug", "trace"])
  .describe('a log level of pgBackRest: "off", "error", "warn", "info", "detail", "debug" or "trace"');

const cipher = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none") }),
  z.strictObject({ type: z.literal("aes-256-cbc"), passSecret: secretName }),
]);

/** pgBackRest expires what this does not keep, at the end of each backup; of WAL what the kept backups need stays. */
function retention(full: number) {
  return z
    .strictObject({
      /** Full backups that are kept; with fullType "time", the days for which they are. */
      full: count("full backups or days", 1, 9_999_999).default(full),
      fullType: z.enum(["count", "time"]).describe('"count" or "time"').default("count"),
    })
    .prefault({});
}

/** The fast repository, on the repository host over SSH. Its index must agree with the repository host's own. */
const repo3 = z.strictObject({
  /** pgBackRest's own default is `pgbackrest`, which the repository host does not know. */
  hostUser: systemUser.default("postgres"),
  path: absolutePath.default("/var/pg_backrest_data/repo3"),
  cipher,
  retention: retention(2),
});

/** The long-term repository in S3. Without endpoint and key type every pgBackRest command is refused. */
const repo2 = z.strictObject({
  bucket: bucketName.default("glimpse-timescale-backups"),
  region: region.default("eu-west-2"),
  endpoint: hostName.default("s3.eu-west-2.amazonaws.com"),
  /** `auto` takes the instance role's credentials; a shared key would be a secret on the disk. */
  keyType: z.literal("auto").describe('"auto": the credentials of the instance role').default("auto"),
  path: absolutePath.default("/pgbackrest"),
  cipher: cipher.default({ type: "none" }),
  retention: retention(8),
});

const calendar = patterned(
  'a time of day in UTC, perhaps with days of the week before it, as systemd writes it, such as "Sun 02:00" or "03:30"',
  /^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)([.,]{1,2}(Mon|Tue|Wed|Thu|Fri|Sat|Sun))* )?([01]\d|2[0-3]):[0-5]\d$/,
  "is no such time",
);

/** When the target's cluster is backed up, and by whom: by the target's own timers, or by the repository host's schedule. */
const schedule = z.strictObject({
  startedBy: z
    .enum(["host", "repository"])
    .describe('"host" (timers on the target) or "repository" (the repository host\'s own schedule)')
    .default("host"),
  full: calendar.default("Sun 02:00"),
  incremental: calendar.default("Mon..Sat 02:00"),
});

/** What pgbackrest.conf on the target says; `pg1-path` follows from `target.dataMount`. */
export const pgbackrest = z.strictObject({
  stanza: stanzaName.default("tracker-ts"),
  sourceStanza: stanzaName.default("tracker"),
  processMax: count("processes", 1, 999).default(4),
  logLevelConsole: logLevel.default("info"),
  logLevelFile: logLevel.default("debug"),
  logPath: absolutePath.default("/var/log/pgbackrest"),
  compressType: z
    .enum(["none", "gz", "bz2", "lz4", "zst"])
    .describe('a compression of pgBackRest: "none", "gz", "bz2", "lz4" or "zst"')
    .default("zst"),
  compressLevel: z.int().describe("a whole number: the level of the compression").default(6),
  delta: z.boolean().describe("true or false").default(true),
  startFast: z.boolean().describe("true or false").default(true),
  archiveTimeoutSeconds: count("seconds", 1, 86_400).default(60),
  archiveAsync: z.boolean().describe("true or false").default(true),
  archivePushQueueMaxGiB: count("GiB", 1, 1024).default(4),
  spoolPath: absolutePath.default("/var/spool/pgbackrest"),
  backups: schedule.prefault({}),
  repo3,
  repo2: repo2.prefault({}),
});
