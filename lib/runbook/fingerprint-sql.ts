const CATALOG_QUERIES = [
  "database",
  "session-settings",
  "roles",
  "role-passwords",
  "relations",
  "columns",
  "constraints",
  "functions",
  "types",
  "other-objects",
  "extension-members",
  "subscriptions",
  "owners",
  "comments",
  "timescaledb",
  "privileges",
  "sequences",
];

/** What assets/steps/shared/catalog-lines.sh reads as `$SQL/...`. */
export const catalogSql: readonly string[] = [
  "needed-roles.sql",
  "session-settings.sql",
  ...CATALOG_QUERIES.map((query) => `fingerprint/${query}.sql`),
];
