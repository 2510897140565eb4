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

/** What assets/steps/shared/fingerprint.sh reads as `$SQL/…` for the catalog's lines. */
export const catalogSql: readonly string[] = [
  "needed-roles.sql",
  ...CATALOG_QUERIES.map((query) => `fingerprint/${query}.sql`),
];

/** The same for the whole fingerprint. */
export const fingerprintSql: readonly string[] = [
  ...catalogSql,
  "fingerprint/row-digests.sql",
  "fingerprint/hypertable-digests.sql",
];
