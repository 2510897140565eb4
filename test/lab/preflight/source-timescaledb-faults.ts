/** What is broken by SQL, within a transaction that is rolled back, and what the check then says. */
export interface Fault {
  readonly check: string;
  readonly what: string;
  readonly plant: string;
  readonly verdict: "warn" | "fail";
  readonly finding: RegExp;
}

// Chunks of a hypertable with uncompressed ones on either edition: the oldest is taken.
const chunk = `(SELECT min(k.id) FROM _timescaledb_catalog.chunk AS k JOIN _timescaledb_catalog.hypertable AS h ON h.id = k.hypertable_id
  WHERE h.table_name = 'position_report' AND k.compressed_chunk_id IS NULL AND NOT k.dropped)`;
const hypertable = `(SELECT id FROM _timescaledb_catalog.hypertable WHERE table_name = 'alert')`;
const name = "_timescaledb_internal\\._hyper_\\d+_\\d+_chunk";

function job(id: number, owner: string, scheduled = true): string {
  return `INSERT INTO _timescaledb_config.bgw_job (id, application_name, schedule_interval, max_runtime, max_retries,
    retry_period, proc_schema, proc_name, owner, scheduled)
    VALUES (${id}, 'Planted [${id}]', '1 day', '0', -1, '1 hour', 'public', 'nothing', ${owner}, ${scheduled});`;
}

function run(id: number, success: boolean, finish = "now()"): string {
  return `INSERT INTO _timescaledb_internal.bgw_job_stat SELECT ${id}, now(), ${finish}, now(), '-infinity', ${success},
    3, '1 s', '1 s', 0, 3, 0, 3, 0;`;
}

const catalogEntry = `INSERT INTO _timescaledb_catalog.continuous_agg SELECT (jsonb_populate_record(
  NULL::_timescaledb_catalog.continuous_agg, jsonb_build_object(
    'mat_hypertable_id', ${hypertable}, 'raw_hypertable_id', ${hypertable}, 'user_view_schema', 'public',
    'user_view_name', 'Gone view', 'partial_view_schema', 'public', 'partial_view_name', 'gone_partial',
    'direct_view_schema', 'public', 'direct_view_name', 'gone_direct', 'materialized_only', true, 'finalized', true))).*;`;

export const faults: readonly Fault[] = [
  {
    check: "source-chunks",
    what: "a chunk without its table, and a table without its entry",
    plant: `UPDATE _timescaledb_catalog.chunk SET table_name = 'gone' WHERE id = ${chunk};`,
    verdict: "fail",
    finding: new RegExp(
      `^Broken chunks: ${name} is a child of public\\.position_report, and not in the catalog; _timescaledb_internal\\.gone has no table\\.$`,
    ),
  },
  {
    check: "source-chunks",
    what: "a chunk without its dimension slices",
    plant: `DELETE FROM _timescaledb_catalog.chunk_constraint WHERE chunk_id = ${chunk};`,
    verdict: "fail",
    finding: new RegExp(`^Broken chunks: ${name} has 0 of [12] dimension slices\\.$`),
  },
  {
    check: "source-chunks",
    what: "a table whose chunk is dropped in the catalog",
    plant: `UPDATE _timescaledb_catalog.chunk SET dropped = true WHERE id = ${chunk};`,
    verdict: "fail",
    finding: new RegExp(`^Broken chunks: ${name} is dropped in the catalog, and there as a table\\.$`),
  },
  {
    check: "source-chunks",
    what: "a compressed chunk that is missing",
    plant: `UPDATE _timescaledb_catalog.chunk SET status = 1 WHERE id = ${chunk};`,
    verdict: "fail",
    finding: new RegExp(`^Broken chunks: ${name} has lost its compressed chunk\\.$`),
  },
  {
    check: "source-chunks",
    what: "a compressed chunk whose table is gone",
    plant: `INSERT INTO _timescaledb_catalog.chunk (id, hypertable_id, schema_name, table_name, dropped, creation_time)
      VALUES (900001, ${hypertable}, 'public', 'gone', true, now());
      UPDATE _timescaledb_catalog.chunk SET status = 1, compressed_chunk_id = 900001 WHERE id = ${chunk};`,
    verdict: "fail",
    finding: new RegExp(`^Broken chunks: ${name} has lost its compressed chunk\\.$`),
  },
  {
    check: "source-chunks",
    what: "a chunk that is no child of its hypertable",
    plant: `DELETE FROM pg_inherits WHERE inhrelid = (SELECT format('%I.%I', schema_name, table_name)::regclass
      FROM _timescaledb_catalog.chunk WHERE id = ${chunk});`,
    verdict: "fail",
    finding: new RegExp(`^Broken chunks: ${name} is no child of public\\.position_report\\.$`),
  },
  {
    check: "source-chunks",
    what: "more than a table can show",
    plant: `INSERT INTO _timescaledb_catalog.chunk (id, hypertable_id, schema_name, table_name, creation_time)
      SELECT 900000 + i, ${hypertable}, 'public', 'gone_' || i, now() FROM generate_series(1, 9) AS i;`,
    verdict: "fail",
    finding: /^Broken chunks: public\.gone_1 has no table; .*; public\.gone_5 has no table; and 4 more\.$/,
  },
  {
    check: "source-hypertable-catalog",
    what: "a sequence that lags behind",
    plant: `INSERT INTO _timescaledb_catalog.chunk (id, hypertable_id, schema_name, table_name, creation_time)
      VALUES (900001, ${hypertable}, 'public', 'gone', now());`,
    verdict: "fail",
    finding: /^TimescaleDB's catalog is broken: chunk_id_seq stands at \d+, behind 900001\.$/,
  },
  {
    check: "source-hypertable-catalog",
    what: "a hypertable without its table",
    plant: `UPDATE _timescaledb_catalog.hypertable SET table_name = 'Gone' WHERE id = ${hypertable};`,
    verdict: "fail",
    finding: /^TimescaleDB's catalog is broken: hypertable public\."Gone" has no table\.$/,
  },
  {
    check: "source-hypertable-catalog",
    what: "a continuous aggregate without views, threshold and watermark",
    plant: catalogEntry,
    verdict: "fail",
    finding:
      /^TimescaleDB's catalog is broken: continuous aggregate public\."Gone view" has no invalidation threshold; .* has no watermark; .* lacks one of its views\.$/,
  },
  {
    check: "source-chunk-column-stats",
    what: "chunk skipping",
    plant: `SET LOCAL session_replication_role = replica;
      INSERT INTO _timescaledb_catalog.chunk_column_stats (hypertable_id, chunk_id, column_name, range_start, range_end, valid)
      VALUES (${hypertable}, 0, 'id', -9223372036854775808, 9223372036854775807, true);`,
    verdict: "fail",
    finding:
      /^Chunk skipping is on for public\.alert \(id\): the restore of its catalog rows violates a foreign key and ends\.$/,
  },
  {
    check: "source-job-owners",
    what: "jobs of a missing role, and of one that may not log in",
    plant: `CREATE ROLE "Not let in" NOLOGIN; ${job(9001, "4000000000::oid::regrole")} ${job(9002, `'"Not let in"'`)}
      ${job(9003, "'postgres'")}`,
    verdict: "fail",
    finding:
      /^Jobs that cannot run: Planted \[9001\] of role 4000000000, which is missing; Planted \[9002\] of "Not let in", which may not log in\.$/,
  },
  {
    check: "source-failing-jobs",
    what: "a job whose last run failed, but none that succeeded, is paused or has never ended",
    plant: `${job(9001, "'postgres'")} ${job(9002, "'postgres'")} ${job(9003, "'postgres'", false)} ${job(9004, "'postgres'")}
      ${run(9001, false)} ${run(9002, true)} ${run(9003, false)} ${run(9004, false, "'-infinity'")}`,
    verdict: "warn",
    finding: /^Jobs whose last run failed: Planted \[9001\] \(3 in a row\)\.$/,
  },
];
