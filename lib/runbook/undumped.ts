/**
 * What pg_dump does not carry: files of assets/sql/undumped, without `.sql`. Each writes on the source, in the snapshot that is
 * dumped, the statements that `restore` runs on the target in this order.
 */
export const UNDUMPED: readonly string[] = [
  "missing-values",
  "multirange-owners",
  "extension-owners",
  "member-owners",
  "trigger-states",
  "extension-rows",
  "timescaledb-jobs",
];
