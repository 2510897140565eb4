import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Postgresql16 } from "./postgresql-16";

/* The SQL of archiving, drill and recovery on production's version, without TimescaleDB, which runs in the lab. */

const SQL = join(__dirname, "..", "..", "assets", "sql");
const command = 'pgbackrest --stanza=tracker-ts archive-push "%p"';

let server: Postgresql16;
const ran = new Set<string>();

function sql(file: string, variables: Record<string, string> = {}): string {
  ran.add(file);
  return server.psql("postgres", [{ file }], variables).trim();
}

function json(members: string): unknown {
  return JSON.parse(`{${members}}`);
}

beforeAll(() => {
  server = Postgresql16.start();
});

afterAll(() => server.stop());

describe("on PostgreSQL 16.10", () => {
  test("archiving is set and reset as it was", () => {
    const kept = "SELECT name, setting FROM pg_file_settings WHERE name LIKE 'archive%' ORDER BY name";
    const before = server.psql("postgres", [kept]);
    sql("archiving/on.sql", { command, timeout: "60s" });
    expect(server.psql("postgres", [kept]).trim().split("\n")).toEqual([
      `archive_command|${command}`,
      "archive_mode|on",
      "archive_timeout|60s",
    ]);
    sql("archiving/off.sql");
    expect(server.psql("postgres", [kept])).toBe(before);
  });

  test("what archives otherwise than the runbook set it is named", () => {
    expect(sql("archiving/unlike.sql", { command })).toMatch(/^archive_command = .*, archive_mode = off$/);
  });

  test("the present segment is ended, and named", () => {
    const present = server.psql("postgres", ["SELECT pg_walfile_name(pg_current_wal_insert_lsn())"]).trim();
    expect(sql("archiving/switch-segment.sql", { run: "r20261121-000000-test" })).toBe(present);
  });

  test("what PostgreSQL thinks of its archiving is one object", () => {
    expect(JSON.parse(sql("archiving/status.sql"))).toMatchObject({
      ...{ mode: "off", inRecovery: false, failing: false, segmentBytes: 16 * 1024 ** 2 },
      ...{ lastArchivedWal: null, systemIdentifier: expect.stringMatching(/^\d{19}$/) as string },
    });
  });

  test("a drill's server gets what the live one's WAL needs", () => {
    expect(sql("restore-drill/settings.sql")).toMatch(/^max_connections = '\d+'$/m);
  });

  test("a recovery without a transaction after the backup reaches to the backup's end", () => {
    const variables = { backup_stop: "1796000000", database: "postgres" };
    const recovered = json(sql("recover/recovered.sql", variables));
    expect(recovered).toMatchObject({ recoveryPoint: "2026-11-30T00:53:20.000000Z", timeline: 1 });
    expect(sql("recover/scheduler.sql")).toBe("t");
  });

  test("every file of these folders has run here, but what reads a fingerprint from a descriptor", () => {
    const files = ["archiving", "recover", "restore-drill"].flatMap((folder) =>
      readdirSync(join(SQL, folder)).map((file) => `${folder}/${file}`),
    );
    expect([...ran, "restore-drill/restored.sql"].sort()).toEqual(files.sort());
  });
});
