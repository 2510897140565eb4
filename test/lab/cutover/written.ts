import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { sql } from "../on-host";
import { runStep } from "./run-step";

/** What the sample lacks: partitions of partitions, a table without a key, a check, values that COPY has to escape. */
export const furtherTables = String.raw`
  SET ROLE tracker;
  CREATE TABLE booking (booking_id integer, on_day date, note text CHECK (note <> 'refused here'), PRIMARY KEY (booking_id, on_day)) PARTITION BY RANGE (on_day);
  CREATE TABLE booking_2025 PARTITION OF booking FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  CREATE TABLE booking_rest PARTITION OF booking DEFAULT PARTITION BY HASH (booking_id);
  CREATE TABLE booking_rest_0 PARTITION OF booking_rest FOR VALUES WITH (MODULUS 1, REMAINDER 0);
  CREATE TABLE plain_note (written_by text, note text);
  CREATE TABLE quota (quota_id serial PRIMARY KEY, account_id bigint REFERENCES account, rank integer UNIQUE DEFERRABLE INITIALLY DEFERRED);
  INSERT INTO account (name, email) VALUES ('Three', 'account3@example.org'), ('Four', 'account4@example.org');
  INSERT INTO booking VALUES (1, '2025-05-05', 'a'), (2, '2026-05-05', 'b');
  INSERT INTO plain_note VALUES ('a', 'x'), ('a', 'x'), ('b', E'a\ttab, a \\. and\n\\.\n'), (NULL, '');
  INSERT INTO quota (rank) VALUES (1), (2);`;

/** What the application does on the target after the switch, in every edition; rows says what is new of each table. */
export const writes = String.raw`
  INSERT INTO account (name, email) VALUES ('New', 'new@example.org');
  UPDATE account SET name = 'Changed' WHERE account_id = 1001;
  BEGIN;
  UPDATE account SET email = 'moved@example.org' WHERE account_id = 1002;
  INSERT INTO account (name, email) VALUES ('Takes over', 'account3@example.org');
  COMMIT;
  INSERT INTO device (account_id, serial, label)
  SELECT account_id, 'AA00000001', 'Koffer 🚲' FROM account WHERE name = 'New';
  INSERT INTO device_key VALUES (1, 999999, 'key');
  BEGIN;
  INSERT INTO import_reject (line) VALUES ('before');
  SAVEPOINT kept; INSERT INTO import_reject (line) VALUES ('in a subtransaction'); RELEASE kept;
  SAVEPOINT undone; INSERT INTO import_reject (line) VALUES ('undone'); ROLLBACK TO undone;
  COMMIT;
  DELETE FROM "FamilyShare" WHERE "shareId" IN (1, 2, 3);
  DELETE FROM geofence;
  INSERT INTO geofence VALUES (77, 'Only one', 'SRID=4326;POLYGON((0 0, 1 0, 1 1, 0 0))');
  INSERT INTO booking VALUES (3, '2025-06-06', E'two\nlines'), (4, '2026-06-06', NULL);
  INSERT INTO plain_note VALUES ('a', 'x'), ('c', 'y');
  INSERT INTO position_report (reported_at, device_id, point, accuracy_m)
  VALUES (now(), 1, 'SRID=4326;POINT(1 2)', 5), (now() + interval '40 days', 1, 'SRID=4326;POINT(1 3)', 500);
  INSERT INTO fetch_log VALUES (extract(epoch FROM now())::bigint, 1, 7, NULL);
  INSERT INTO quota (account_id, rank) VALUES (1001, 7), (1001, 8);
  SELECT lo_put(70001, 5, 'changed');`;

/** The rows that these leave, and those that a trigger of theirs left: account_audit, and position_last_fix on device 1. */
export const rowsWritten: Readonly<Record<string, number>> = {
  "large objects": 1,
  "audit.change_log": 2,
  "public.account": 4,
  "public.booking": 2,
  "public.device": 2,
  "public.device_key": 1,
  "public.fetch_log": 1,
  "public.geofence": 1,
  "public.import_reject": 2,
  "public.plain_note": 2,
  "public.position_report": 2,
  "public.quota": 2,
};

/** What somebody writes by hand on the fenced source, and what of the writes cannot be carried for it, and why. */
export const planted = String.raw`
  SET session_replication_role = replica;
  INSERT INTO account OVERRIDING SYSTEM VALUE VALUES (9000, 'Planted', 'new@example.org');
  UPDATE account SET name = 'Planted' WHERE account_id = 1001;
  INSERT INTO quota (quota_id, rank) VALUES (900, 8);
  ALTER TABLE booking ADD CHECK (note <> E'two\nlines');`;

export const refusedThere = [
  { relation: "large objects", rows: 1, reasons: ["large objects are not carried"] },
  {
    relation: "public.account",
    rows: 2,
    reasons: [
      'duplicate key value violates unique constraint "account_email_key"',
      "the source has a row of this key that was written since the fence",
    ],
  },
  {
    relation: "public.booking",
    rows: 1,
    reasons: ['new row for relation "booking_2025" violates check constraint "booking_note_check1"'],
  },
  { relation: "public.device", rows: 1, reasons: ["violates the constraint device_account_id_fkey"] },
  { relation: "public.quota", rows: 1, reasons: ["violates the constraint quota_rank_key"] },
];

/** Closes a side's database as a fence does. */
export async function fence(lab: RehearsalLab, side: "source" | "target", phase: string): Promise<void> {
  const marker = `{"run":"r20261121-045500-ab12","phase":"${phase}","connectionLimit":80,"jobs":[]}`;
  await sql(
    lab.lab.hosts[side],
    "postgres",
    `ALTER DATABASE tracker CONNECTION LIMIT 0; ALTER DATABASE tracker SET "timescale_cutover.fence" TO '${marker}'`,
  );
}

/** A digest of a table's rows. */
export function rowsOf(lab: RehearsalLab, side: "source" | "target", table: string): Promise<string> {
  return sql(
    lab.lab.hosts[side],
    "tracker",
    `SET timezone TO 'UTC'; SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM ${table} AS t`,
  );
}

const steps: readonly (readonly ["source" | "target", string])[] = [
  ["source", "inspect-source"],
  ["target", "inspect-target"],
  ["source", "hold-snapshot"],
  ["source", "dump"],
  ["source", "release-snapshot"],
  ["source", "send-dump"],
  ["target", "fetch-dump"],
  ["target", "prepare-roles"],
  ["target", "prepare-database"],
  ["target", "restore"],
  ["target", "fingerprint-target"],
];

/** Brings the source's database to the target by the run's own steps, as far as it is when the baseline is taken. */
export async function bringToTarget(lab: RehearsalLab, RunId: string): Promise<void> {
  for (const [host, step] of steps) {
    const { status, message } = await runStep(lab, host, step, { RunId });
    if (status !== "succeeded") throw new Error(`${step} failed: ${message}`);
  }
}
