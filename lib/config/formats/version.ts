import { patterned } from "./text";

/** PostgreSQL's versions have two parts: major and minor. */
export const postgresqlVersion = patterned(
  'the full version as `SHOW server_version` prints it, major and minor in quotes, such as "16.10"',
  /^[1-9][0-9]\.(0|[1-9][0-9]?)$/,
  "is no version of PostgreSQL: MAJOR.MINOR in digits is wanted",
);

/** PostGIS's and TimescaleDB's versions have three parts. */
export const extensionVersion = patterned(
  'the full version as `extversion` in pg_extension shows it, three numbers in quotes, such as "2.18.2"',
  /^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}$/,
  "is no version of an extension: MAJOR.MINOR.PATCH in digits is wanted",
);

/** pgBackRest's versions have two parts, and a third after a correction. */
export const pgbackrestVersion = patterned(
  'the version of the repository host as `pgbackrest version` prints it there, in quotes, such as "2.55.1"',
  /^[1-9][0-9]*\.[0-9]{1,3}(\.(0|[1-9][0-9]*))?$/,
  "is no version of pgBackRest: MAJOR.MINOR or MAJOR.MINOR.PATCH in digits is wanted",
);
