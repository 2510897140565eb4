import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../../lib/lab/host";
import { sql } from "../on-host";

/** Tables of TimescaleDB's own of which a fingerprint does not read every column and row, and why none has to. */
export const unreadTables: Readonly<Record<string, string>> = {
  "_timescaledb_cache.cache_inval_bgw_job": "has no rows",
  "_timescaledb_cache.cache_inval_extension": "has no rows",
  "_timescaledb_cache.cache_inval_hypertable": "has no rows",
  "_timescaledb_catalog.compression_algorithm": "the extension's script fills it",
  "_timescaledb_catalog.tablespace": "the target is one volume; source-tablespaces names what lies elsewhere",
  "_timescaledb_catalog.telemetry_event": "what this server will report",
  "_timescaledb_config.bgw_job": "read field by field, by fingerprint/timescaledb.sql",
  "_timescaledb_internal.bgw_job_stat": "its next_start is read; the rest is what happened on this server",
  "_timescaledb_internal.bgw_job_stat_history": "what happened on this server",
  "_timescaledb_internal.bgw_policy_chunk_stats": "which chunks a policy has reordered: it does so once more",
};

/** The tables of the extension that the row digests' statements do not read whole, asked of the server itself. */
export async function tablesNotRead(host: Host, database: string): Promise<string[]> {
  const members = await sql(
    host,
    database,
    `SELECT c.oid::regclass FROM pg_depend AS d
     JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'timescaledb'
     JOIN pg_class AS c ON c.oid = d.objid AND c.relkind = 'r'
     WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'e' ORDER BY c.oid::regclass::text COLLATE "C"`,
  );
  const digests = join(__dirname, "../../../assets/sql/fingerprint/row-digests.sql");
  const read = await sql(host, database, readFileSync(digests, "utf8"));
  return members.split("\n").filter((table) => !read.includes(`|${table}|COPY (SELECT * FROM`));
}
