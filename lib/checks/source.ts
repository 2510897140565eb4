import type { Check } from "./check";
import { sourceArchivingChecks } from "./source-archiving";
import { sourceObjectChecks } from "./source-objects";
import { sourceRoleChecks } from "./source-roles";
import { sourceServerChecks } from "./source-server";
import { sourceTimescaledbChecks } from "./source-timescaledb";

/** What check-source looks at: first whether the source can be reached, for all that follows needs it. */
export const sourceChecks: readonly Check[] = [...sourceServerChecks, ...sourceArchivingChecks];

/** What check-database looks at: first whether the database can be reached, for all that follows needs it. */
export const sourceDatabaseChecks: readonly Check[] = [
  ...sourceObjectChecks,
  ...sourceRoleChecks,
  ...sourceTimescaledbChecks,
];
