import { z } from "zod";
import { databaseName, roleName, settingName } from "../formats/postgres";
import { extensionVersion, pgbackrestVersion, postgresqlVersion } from "../formats/version";

export const versions = z.strictObject({
  postgresql: postgresqlVersion.default("16.10"),
  postgis: extensionVersion.default("3.5.2"),
  timescaledb: extensionVersion.default("2.18.2"),
  pgbackrest: pgbackrestVersion.default("2.55.1"),
});

export const database = z.strictObject({
  name: databaseName.default("tracker"),
  sizeGiB: z
    .number()
    .positive()
    .max(16_384)
    .describe("the size of the database in GiB (pg_database_size), more than 0")
    .default(11),
});

/** `preserve`: every owner as on the source. `reassign`: the plan's, everything to one role. */
export const ownership = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("preserve") }),
  z.strictObject({ mode: z.literal("reassign"), role: roleName }),
]);

export const roleNames = z.array(roleName).describe("a list of names of roles; it may be empty");

/**
 * What becomes of a setting that an application's session would find otherwise on the target's server: `carry` sets it for
 * the database, `refuse` ends the run before anything is dumped. `left`: names that stay as the target's server has them.
 */
export const sessionSettings = z.strictObject({
  different: z.enum(["carry", "refuse"]).default("carry"),
  left: z.array(settingName).describe("a list of names of settings; it may be empty").default([]),
});
