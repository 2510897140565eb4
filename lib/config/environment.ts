import { z } from "zod";
import { accountId, region } from "./formats/aws";
import { patterned } from "./formats/text";
import { alarms } from "./schema/alarms";
import { application } from "./schema/application";
import { cutover } from "./schema/cutover";
import { database, ownership, roleNames, sessionSettings, versions } from "./schema/database";
import { repository } from "./schema/repository";
import { dump, maintenanceWindow, relay, restore, timeouts } from "./schema/run";
import { source } from "./schema/source";
import { target } from "./schema/target";

const environmentName = patterned(
  'a short name (2 to 16 of a-z, 0-9 and "-", a letter first), such as "prod"',
  /^[a-z][a-z0-9-]{1,15}$/,
  "is no name of an environment",
);

/**
 * One environment: the whole configuration of one migration. Every default is the plan's figure; what has no
 * default (accounts, instances, names of secrets) only the user knows. bin/environments.ts explains each key.
 */
export const environmentSchema = z.strictObject({
  name: environmentName,
  aws: z.strictObject({ account: accountId, region }),
  versions: versions.prefault({}),
  database: database.prefault({}),
  ownership: ownership.default({ mode: "reassign", role: "tracker" }),
  extraRoles: roleNames.default([]),
  omittedRoles: roleNames.default([]),
  sessionSettings: sessionSettings.prefault({}),
  source,
  target,
  dump: dump.prefault({}),
  restore: restore.prefault({}),
  relay: relay.prefault({}),
  repository,
  application,
  cutover,
  maintenanceWindow: maintenanceWindow.prefault({}),
  timeouts: timeouts.prefault({}),
  alarms: alarms.prefault({}),
});

/** A validated environment, with every default filled in. */
export type Environment = z.infer<typeof environmentSchema>;

/** An environment as a user writes it: what has a default may be left out. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
