import type { Check } from "./check";

const asked = { seconds: 10, needs: "source-database" } as const;

/** TimescaleDB's own catalog on the source: a restore carries over what is broken in it, or ends at it. */
export const sourceTimescaledbChecks: readonly Check[] = [
  {
    id: "source-chunks",
    meaning:
      "Every chunk in the catalog has its table, its dimension slices and its compressed chunk, and every table below a hypertable is in the catalog.",
    remedy:
      "Mend the catalog at the source before the move; drop_chunks, or a restore of that hypertable from a backup, takes broken chunks away.",
    ...asked,
  },
  {
    id: "source-hypertable-catalog",
    meaning:
      "Every hypertable has its table, every continuous aggregate its views, threshold and watermark, and no sequence of the catalog lags behind its ids.",
    remedy:
      "Recreate a broken continuous aggregate; set a sequence that lags behind to its table's highest id by setval().",
    ...asked,
  },
  {
    id: "source-chunk-column-stats",
    meaning:
      "Chunk skipping is on for no column: its catalog rows name chunk 0, and their restore violates a foreign key.",
    remedy:
      "Turn it off at the source (SET timescaledb.enable_chunk_skipping = on; SELECT disable_chunk_skipping of the table and column), and on again after the move.",
    ...asked,
  },
  {
    id: "source-job-owners",
    meaning:
      "Every job's owner is a role that is there and may log in: a job of a missing role would be restored for another's, or not at all.",
    remedy: "Give the owner LOGIN, or the job another owner; delete_job() what nobody needs.",
    ...asked,
  },
  {
    id: "source-failing-jobs",
    meaning: "No scheduled job failed in its last run: it would fail on the target as well.",
    remedy: "Read timescaledb_information.job_errors, and mend or unschedule the job.",
    ...asked,
  },
  {
    id: "source-missing-values",
    meaning:
      "How many columns were added with a DEFAULT to compressed chunks: pg_dump leaves those values behind, and the run carries them by itself.",
    remedy: "None is needed.",
    ...asked,
  },
];
