import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { seedSample } from "../../../lib/lab/seed/seed";
import { describeLab } from "../describe-lab";
import { bash, sql } from "../on-host";
import { isCommunity, managed, startLab } from "../rehearsal/rehearsed";
import { runStep, type StepResult } from "./run-step";
import {
  bringToTarget,
  fence,
  furtherTables,
  planted,
  refusedThere,
  rowsOf,
  rowsWritten,
  writes,
} from "./written";

const CutoverRunId = "r20261121-045500-ab12";
const rollback = "r20261122-010000-aaaa";
const sequences = `
  SELECT sequencename, last_value FROM pg_sequences
  WHERE schemaname IN ('public', 'audit') AND sequencename <> 'quota_quota_id_seq' ORDER BY 1`;
const secondRollback = "r20261122-020000-bbbb";

describeLab("The writes since the switch, in a rollback", () => {
  let lab: RehearsalLab;
  let community: boolean;
  let saved: StepResult;
  let applied: StepResult;
  const expected = { ...rowsWritten };

  const onSource = (statements: string) => sql(lab.lab.hosts.source, "tracker", statements);
  const onTarget = (statements: string) => sql(lab.lab.hosts.target, "tracker", statements);
  const save = (RunId: string) => runStep(lab, "target", "save-writes", { RunId, CutoverRunId });
  const apply = (RunId: string) => runStep(lab, "source", "apply-writes", { RunId, CutoverRunId });
  const total = () => Object.values(expected).reduce((sum, rows) => sum + rows, 0);

  /** The rows of each table that the step's result file tells of. */
  async function relationsSaved(RunId: string): Promise<Record<string, number>> {
    const file = `/var/lib/timescale-cutover/${RunId}/results/save-writes.json`;
    const { relations } = JSON.parse(await bash(lab.lab.hosts.target, `cat ${file}`)) as {
      relations: { name: string; rows: number }[];
    };
    return Object.fromEntries(relations.map(({ name, rows }) => [name, rows]));
  }

  /** The start of the one chunk of a hypertable that is older than that many days and not compressed. */
  const chunkOlderThan = (days: number, hypertable: string) =>
    onTarget(`SELECT format('%I.%I', chunk_schema, chunk_name) FROM timescaledb_information.chunks
      WHERE hypertable_name = '${hypertable}' AND range_end < now() - interval '${days} days' AND NOT is_compressed
      ORDER BY range_start DESC, chunk_name LIMIT 1`);

  beforeAll(async () => {
    lab = await startLab();
    community = await isCommunity(lab);
    await lab.deploy(managed);
    await seedSample(lab.lab.hosts.source, { database: "tracker", sizeMb: 25 });
    await onSource(furtherTables);
    await bringToTarget(lab, CutoverRunId);
    await fence(lab, "source", "switched");
    expect(await runStep(lab, "target", "baseline", { RunId: CutoverRunId })).toMatchObject({
      status: "succeeded",
    });
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("are not saved while the target is open, nor by another cutover's baseline", async () => {
    expect(await save(rollback)).toMatchObject({
      code: "target-not-fenced",
      remedy: "Run fence-target first.",
    });
    const other = { RunId: rollback, CutoverRunId: "r20200101-000000-none" };
    expect(await runStep(lab, "target", "save-writes", other)).toMatchObject({
      code: "other-baseline",
    });
  });

  test("are saved to the row, those of a subtransaction, of a new chunk and of compressed chunks too", async () => {
    await onTarget(writes);
    await onTarget(
      "VACUUM (FREEZE) account; VACUUM FULL device; ALTER TABLE device_key ALTER period TYPE bigint",
    );
    if (community) {
      const chunk = await chunkOlderThan(7, "battery_sample");
      await onTarget(`
          INSERT INTO battery_sample SELECT range_start + interval '1 hour', 1, 'carried', 1 FROM timescaledb_information.chunks
            WHERE format('%I.%I', chunk_schema, chunk_name) = '${chunk}';
          SELECT compress_chunk('${chunk}');
          UPDATE fetch_log SET reports = 99 WHERE fetched_second = (SELECT min(fetched_second) FROM fetch_log) AND device_id = 1;
          INSERT INTO position_report (reported_at, device_id, point)
            SELECT min(reported_at) + interval '0.1 second', 2, 'SRID=4326;POINT(5 5)' FROM position_report`);
      // As a policy does, without a row written.
      await onTarget(`SELECT compress_chunk('${await chunkOlderThan(7, "position_report")}')`);
      expected["public.battery_sample"] = 1;
      expected["public.fetch_log"] = 2;
      expected["public.position_report"] = 3;
      expected["public.device"] = 3;
    }
    await fence(lab, "target", "fenced");
    saved = await save(rollback);
    expect(await relationsSaved(rollback)).toEqual(expected);
    expect(saved).toMatchObject({ status: "succeeded", writesSaved: total() });
  });

  test("leave what was deleted to be told: it is counted, and not saved", () => {
    expect(saved["deletesNotSaved"]).toBe(3 + 40);
  });

  test("are not applied to a source that is not fenced, nor as those since another cutover", async () => {
    const other = { RunId: rollback, CutoverRunId: "r20200101-000000-none" };
    expect(await runStep(lab, "source", "apply-writes", other)).toMatchObject({ code: "other-writes" });
    await sql(lab.lab.hosts.source, "postgres", "ALTER DATABASE tracker CONNECTION LIMIT 80");
    expect(await apply(rollback)).toMatchObject({ code: "source-not-fenced" });
    await sql(lab.lab.hosts.source, "postgres", "ALTER DATABASE tracker CONNECTION LIMIT 0");
  });

  test("are applied to the source, but for rows that conflict there: these are listed with their reason, and kept", async () => {
    await onSource(planted);
    applied = await apply(rollback);
    expect(applied).toMatchObject({
      status: "succeeded",
      writesApplied: total() - 6,
      conflictRows: 6,
      conflicts: refusedThere,
    });
  });

  test("stand on the source as on the target, with what triggers had made of them, and its sequences behind them", async () => {
    const tables = [
      "import_reject",
      "position_report",
      "audit.change_log",
      "fetch_log",
      "device_key",
      "plain_note",
    ];
    for (const table of [...tables, "battery_sample"]) {
      expect(`${table} ${await rowsOf(lab, "source", table)}`).toBe(
        `${table} ${await rowsOf(lab, "target", table)}`,
      );
    }
    expect(await onSource(sequences)).toBe(await onTarget(sequences));
  });

  test("leave alone, on the source, what was written there by hand", async () => {
    expect(await onSource("SELECT name FROM account WHERE account_id IN (1001, 9000)")).toBe(
      "Planted\nPlanted",
    );
  });

  test("are in a continuous aggregate of the source once it refreshes", async () => {
    if (!community) return;
    await onSource("CALL refresh_continuous_aggregate('battery_hourly', NULL, NULL)");
    expect(await onSource("SELECT sum(samples) FROM battery_hourly WHERE metric = 'carried'")).toBe("1");
  });

  test("are there once when they are applied twice, by the same rollback or another", async () => {
    const before = await rowsOf(lab, "source", "plain_note");
    await save(secondRollback);
    expect(await apply(secondRollback)).toMatchObject({
      writesApplied: 0,
      conflictRows: applied["conflictRows"],
    });
    expect(await rowsOf(lab, "source", "plain_note")).toBe(before);
  });
});
