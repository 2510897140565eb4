import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { standstill } from "../../harness/progress";
import { secondsAlone } from "../../harness/unhurried";
import { Postgresql16 } from "../../sql/postgresql-16";

/** PostgreSQL refuses to run as root. */
const NOBODY = 65534;
let server: Postgresql16;
const sessions: ChildProcess[] = [];

beforeAll(() => {
  server = Postgresql16.start();
});

afterAll(() => {
  for (const session of sessions) session.kill("SIGKILL");
  server.stop();
});

/** Runs statements one after the other, and gives what the last one answers. */
function sql(...statements: string[]): string {
  return server.psql("postgres", [statements.map((one) => `${one};`).join("\n")]).trim();
}

/** What the target would publish of this server. It is read as the target reads it: in a session that can only read. */
function metrics(): Record<string, { unit: string; value: number }> {
  const lines = server.psql(
    "postgres",
    ["SET default_transaction_read_only = on;", { file: "metrics/server-metrics.sql" }],
    { separator: " " },
  );
  return Object.fromEntries(
    lines
      .trim()
      .split("\n")
      .map((line) => line.split(" "))
      .map(([name, unit = "", value]) => [name, { unit, value: Number(value) }]),
  );
}

function values(): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics()).map(([name, { value }]) => [name, value]));
}

/** Settings that the server takes at a restart only. */
function restartWith(settings: Record<string, string>): void {
  for (const [name, value] of Object.entries(settings)) {
    sql(`ALTER SYSTEM SET ${name} = '${value}'`);
  }
  const [data, log] = [join(server.folder, "data"), join(server.folder, "log")];
  const asNobody = process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY };
  const argv = ["--pgdata", data, "--log", log, "-m", "fast", "-w", "restart"];
  execFileSync(join(server.folder, "native", "bin", "pg_ctl"), argv, {
    cwd: server.folder,
    stdio: "ignore",
    ...asNobody,
  });
}

/** Finishes a segment of WAL that holds something. */
function finishSegment(): void {
  sql("SELECT pg_logical_emit_message(true, 'test', 'anything')", "SELECT pg_switch_wal()");
}

function archiveWith(command: string): void {
  sql(`ALTER SYSTEM SET archive_command = '${command}'`, "SELECT pg_reload_conf()");
}

async function until(what: string, condition: () => boolean): Promise<void> {
  while (!condition()) {
    const words = standstill();
    if (words !== undefined)
      throw new Error(`There is still no ${what}: ${JSON.stringify(values())}. ${words}`);
    await sleep(100);
  }
}

/** Opens sessions that do nothing, and waits until the server has them. */
async function openSessions(database: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const env = {
      ...process.env,
      PGHOST: server.folder,
      PGPORT: "54316",
      PGUSER: "postgres",
      PGDATABASE: database,
    };
    sessions.push(spawn("psql", ["--no-psqlrc", "--quiet"], { env, stdio: ["pipe", "ignore", "ignore"] }));
  }
  const open = `SELECT count(*) FROM pg_stat_activity WHERE datname = '${database}' AND pid <> pg_backend_pid()
    AND backend_type = 'client backend'`;
  await until("session", () => Number(sql(open)) >= count);
}

describe("on PostgreSQL 16.10, the server's metrics", () => {
  test("have the units that CloudWatch knows", () => {
    const units = Object.fromEntries(Object.entries(metrics()).map(([name, { unit }]) => [name, unit]));
    expect(units).toEqual({
      ArchivingOn: "None",
      ArchiveFailing: "None",
      ReadySegments: "Count",
      ArchiveSilentSeconds: "Seconds",
      ConnectionsPercent: "Percent",
    });
  });

  test("are all 0 before the cutover, when archiving is off and nobody is there", () => {
    finishSegment();
    expect(values()).toEqual({
      ArchivingOn: 0,
      ArchiveFailing: 0,
      ReadySegments: 0,
      ArchiveSilentSeconds: 0,
      ConnectionsPercent: 0,
    });
  });

  test("tell a failing archive_command, and the segments that wait for it", async () => {
    restartWith({ archive_mode: "on", archive_command: "/bin/false" });
    finishSegment();
    finishSegment();
    await until("failure", () => values()["ArchiveFailing"] === 1);
    await until("silence", () => (values()["ArchiveSilentSeconds"] ?? 0) >= 2);
    expect(values()).toMatchObject({ ArchivingOn: 1, ReadySegments: 2 });
  });

  test("tell of silence without failure when no archive_command is set", async () => {
    restartWith({ archive_command: "" });
    sql("SELECT pg_stat_reset_shared('archiver')");
    await until("silence", () => (values()["ArchiveSilentSeconds"] ?? 0) >= 2);
    expect(values()).toMatchObject({ ArchivingOn: 1, ArchiveFailing: 0, ReadySegments: 2 });
  });

  test("are 0 again once all is archived, though the last failure is not forgotten", async () => {
    archiveWith("/bin/false");
    await until("failure", () => values()["ArchiveFailing"] === 1);
    archiveWith("/bin/true");
    await until("success", () => values()["ReadySegments"] === 0);
    expect(values()).toMatchObject({ ArchivingOn: 1, ArchiveFailing: 0, ArchiveSilentSeconds: 0 });
    expect(sql("SELECT failed_count > 0 FROM pg_stat_archiver")).toBe("t");
  });

  test("call an idle server with archive_timeout neither silent nor failing, however long ago it archived", async () => {
    sql("ALTER SYSTEM SET archive_timeout = '1s'", "SELECT pg_reload_conf()");
    await sleep(4000);
    const since = sql(
      "SELECT extract(epoch FROM clock_timestamp() - last_archived_time) >= 2 FROM pg_stat_archiver",
    );
    expect(since).toBe("t");
    expect(values()).toMatchObject({
      ArchivingOn: 1,
      ArchiveFailing: 0,
      ReadySegments: 0,
      ArchiveSilentSeconds: 0,
    });
  });

  test("do not count the time of a server that was idle before the segment that waits now", async () => {
    archiveWith("/bin/sleep 20");
    finishSegment();
    await until("waiting segment", () => (values()["ReadySegments"] ?? 0) > 0);
    expect(secondsAlone(values()["ArchiveSilentSeconds"] ?? NaN)).toBeLessThan(3);
  });

  test("count sessions against what is left of max_connections without the reserved ones", async () => {
    // 13 less 3 for superusers and 2 for pg_use_reserved_connections are 8.
    restartWith({
      archive_mode: "off",
      max_connections: "13",
      reserved_connections: "2",
      max_wal_senders: "0",
    });
    await openSessions("postgres", 2);
    expect(values()["ConnectionsPercent"]).toBe(25);
  });

  test("count the sessions of a database with a limit of its own against that limit", async () => {
    sql("CREATE DATABASE small CONNECTION LIMIT 3");
    await openSessions("small", 2);
    expect(values()["ConnectionsPercent"]).toBe(66.7);
    await openSessions("small", 4);
    expect(values()["ConnectionsPercent"]).toBe(100);
  });

  test("of jobs have nothing to say where there is no TimescaleDB", () => {
    expect(server.psql("postgres", [{ file: "metrics/job-failures.sql" }])).toBe("");
  });

  test("are asked of every database that can be asked", () => {
    sql(`CREATE DATABASE "odd = name"`, "CREATE DATABASE closed ALLOW_CONNECTIONS false");
    const databases = server.psql("postgres", [{ file: "metrics/databases.sql" }]);
    expect(databases).toBe("odd = name\npostgres\nsmall\n");
  });
});
