const CATALOG_QUERIES = [
  "database",
  "roles",
  "role-passwords",
  "relations",
  "columns",
  "constraints",
  "functions",
  "types",
  "other-objects",
  "subscriptions",
  "owners",
  "comments",
  "timescaledb",
  "privileges",
  "sequences",
];

/** What assets/steps/shared/fingerprint.sh reads as `$SQL/…`. */
export const fingerprintSql: readonly string[] = [
  "needed-roles.sql",
  ...CATALOG_QUERIES.map((query) => `fingerprint/${query}.sql`),
  "fingerprint/row-digests.sql",
  "fingerprint/hypertable-digests.sql",
];
