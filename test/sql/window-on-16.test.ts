import { existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { takeFingerprint } from "./fingerprint-of";
import { Postgresql16 } from "./postgresql-16";

/* The SQL of the window (fence, writes, smoke test) on production's version, without TimescaleDB, which runs in the lab. */

const run = "r20261121-000000-test";
const folders = ["fence", "writes", "smoke"];
const SQL = join(__dirname, "..", "..", "assets", "sql");
const SESSIONS = "fence/sessions.sql";

let server: Postgresql16;
const ran = new Set<string>();

/** Files of assets/sql, in one session and one transaction. */
function sql(database: string, files: string[], variables: Record<string, string> = {}): string {
  for (const file of files) ran.add(file);
  const input = ["BEGIN;", ...files.map((file) => ({ file })), "COMMIT;"];
  return server
    .psql(database, input, { run, execution: "", application_role: "writer", ...variables })
    .trim();
}

function fence(database: string, ...names: string[]): string {
  return sql(database, ["fence/marker.sql", ...names.map((name) => `fence/${name}.sql`)], {
    phase: "",
    jobs: "scheduled",
  });
}

/** The same in the database beside the one that it speaks of. */
function sqlBeside(files: string[], variables: Record<string, string>): void {
  sql("postgres", files, variables);
}

function query(database: string, statement: string): string {
  return server.psql(database, [statement]).trim();
}

function stateOf(database: string): string {
  return query(
    database,
    `SELECT datconnlimit, datacl, (SELECT setconfig FROM pg_db_role_setting WHERE setdatabase = d.oid AND setrole = 0)
     FROM pg_database AS d WHERE datname = current_database()`,
  );
}

beforeAll(() => {
  server = Postgresql16.start();
  server.psql(
    "postgres",
    [
      "CREATE ROLE writer LOGIN",
      "CREATE DATABASE tracker CONNECTION LIMIT 80",
      "ALTER DATABASE tracker SET work_mem = '5MB'",
      "\\connect tracker",
      "CREATE TABLE public.device (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, label text)",
      "CREATE TABLE public.report (device bigint REFERENCES public.device, at timestamptz, note text)",
      "INSERT INTO public.device (label) SELECT 'device ' || i FROM generate_series(1, 20) AS i",
      "GRANT ALL ON ALL TABLES IN SCHEMA public TO writer",
    ].map((statement) => (statement.startsWith("\\") ? statement : `${statement};`)),
  );
});

afterAll(() => server.stop());

describe("on PostgreSQL 16.10", () => {
  let before: string;

  test("the fence closes the database to all but superusers, and says how it was", () => {
    before = stateOf("tracker");
    const prior = JSON.parse(fence("tracker", "prior-state")) as Record<string, unknown>;
    expect(prior).toMatchObject({ connectionLimit: 80, jobs: [], roles: ["writer"], run });
    fence("tracker", "close", "schedule-jobs");
    expect(fence("tracker", "standing")).toMatch(/connectionLimit=0\n[^]*phase=fenced/);
    expect(() => query("tracker", "\\connect - writer")).toThrow(/too many connections/);
    expect(query("tracker", "SELECT 1")).toBe("1");
  });

  test("nobody else is found in a database that is fenced, and nothing stands in the way", () => {
    expect(sql("tracker", ["fence/marker.sql", SESSIONS, "fence/others.sql"])).toBe("");
    expect(sql("tracker", ["fence/marker.sql", SESSIONS, "fence/obstacles.sql"])).toBe("");
    expect(sql("tracker", ["fence/marker.sql", SESSIONS, "fence/end-idle.sql"])).toBe("");
    expect(sql("tracker", ["fence/marker.sql", SESSIONS, "fence/end-in-flight.sql"])).toBe("");
  });

  test("a superuser's session that says nothing of it can only read", () => {
    expect(stateOf("tracker")).toContain("default_transaction_read_only=on");
  });

  test("a write moves what the proof of quiet looks at, and its rows are found by the horizon before it", () => {
    const first = sql("tracker", ["fence/marker.sql", "fence/look.sql"]);
    const horizon = sql("tracker", ["fence/horizon.sql"]);
    query("tracker", "INSERT INTO public.device (label) VALUES ('late'); SELECT pg_stat_force_next_flush()");
    const second = sql("tracker", ["fence/marker.sql", "fence/look.sql"]);
    expect(first).toContain("public.device");
    expect(second).not.toBe(first);
    // A name is users' text: nothing in it is run.
    query("tracker", 'CREATE TABLE public."`touch backquotes`" (x int)');
    const relations = 'public.device\npublic.report\npublic."`touch backquotes`"';
    const files = ["users-code.sql", "fence/written-since.sql"];
    const copies = sql("tracker", files, { horizon, relations, separator: "\n" });
    expect(query("tracker", copies)).toMatch(
      /^-- public.device\nid,label\n\d+,late\n-- public.report\ndevice,at,note\n-- public."`touch backquotes`"\nx$/,
    );
    expect(existsSync("backquotes")).toBe(false);
    query("tracker", 'DROP TABLE public."`touch backquotes`"');
  });

  test("reopening restores exactly what was, from the catalog alone", () => {
    fence("tracker", "retire");
    expect(fence("tracker", "standing")).toContain("phase=switched");
    sqlBeside(["fence/shut.sql"], { database: "tracker" });
    expect(() => query("tracker", "SELECT 1")).toThrow("not currently accepting connections");
    sqlBeside(["fence/admit.sql"], { database: "tracker" });
    fence("tracker", "open", "schedule-jobs");
    expect(stateOf("tracker")).toBe(before);
  });

  test("a server with production's settings is not called abnormal", () => {
    // fsync is off for the test's own sake.
    expect(query("postgres", "SELECT 1") && sql("postgres", ["fence/abnormal-settings.sql"])).toBe(
      "fsync = off",
    );
  });

  test("the writes since the baseline are found, saved and applied to the fenced source", () => {
    query("postgres", "CREATE DATABASE moved TEMPLATE tracker");
    takeFingerprint(server, "moved", "target");
    const counted = join(server.folder, "comparison/target/relations");
    const baseline = chained(
      "moved",
      [
        { file: "users-code.sql" },
        ...["leaves", "counted", "baseline"].map((name) => ({ file: `writes/${name}.sql` })),
      ],
      counted,
    );
    query(
      "moved",
      `INSERT INTO public.device (label) VALUES ('new'); UPDATE public.device SET label = 'renamed' WHERE id = 3;
       INSERT INTO public.report SELECT max(id), now(), 'of the new' FROM public.device; SELECT pg_stat_force_next_flush()`,
    );
    fence("moved", "close", "schedule-jobs");
    expect(sql("moved", ["writes/open.sql"])).toBe("");
    const found = JSON.parse(
      chained("moved", [
        { file: "writes/document.sql" },
        `${baseline}\n\\.`,
        { file: "users-code.sql" },
        { file: "writes/leaves.sql" },
        { file: "writes/find.sql" },
        { file: "writes/manifest.sql" },
      ]),
    ) as { relations: { name: string; rows: number; statement: string }[] };
    expect(found.relations.map(({ name, rows }) => [name, rows])).toEqual([
      ["public.device", 2],
      ["public.report", 1],
    ]);

    fence("tracker", "close", "schedule-jobs");
    const apply = () =>
      chained("tracker", [
        { file: "writes/document.sql" },
        `${JSON.stringify(found)}\n\\.`,
        { file: "users-code.sql" },
        { file: "writes/load.sql" },
        ...found.relations.map(
          ({ statement }, place) =>
            `COPY saved_${place} FROM STDIN;\n${server.psql("moved", [statement])}\\.`,
        ),
        ...["leaves", "marker", "plan", "judge", "broken", "apply", "applied"].map((name) => ({
          file: `writes/${name}.sql`,
        })),
      ]);
    expect(apply()).toContain('"writesApplied":3,"alreadyThere":0,"conflictRows":0');
    expect(apply()).toContain('"writesApplied":0,"alreadyThere":3,"conflictRows":0');
    const rows = "SELECT d FROM public.device AS d ORDER BY id; SELECT r FROM public.report AS r";
    expect(query("tracker", rows)).toBe(query("moved", rows));
    fence("tracker", "open", "schedule-jobs");
    expect(stateOf("tracker")).toBe(before);
  });

  test("definitions that changed since the switch are listed, and what the fence changes is not", () => {
    const catalog = join(server.folder, "comparison/target/catalog");
    const then = join(server.folder, "comparison/target/then");
    fence("moved", "open", "schedule-jobs");
    takeFingerprint(server, "moved", "target");
    renameSync(catalog, then);
    query("moved", "ALTER TABLE public.device ADD COLUMN colour text");
    query("moved", "CREATE FUNCTION public.price(int) RETURNS int LANGUAGE sql AS 'SELECT $1'");
    fence("moved", "close", "schedule-jobs");
    takeFingerprint(server, "moved", "target");
    ran.add("writes/changed-definitions.sql");
    const script = readFileSync(join(SQL, "writes/changed-definitions.sql"), "utf8")
      .replace("<&8", `<"${then}"`)
      .replace("<&9", `<"${catalog}"`);
    const changed = JSON.parse(server.psql("postgres", [script])) as string[];
    expect(changed).toEqual([
      "column public.device.colour: is new",
      "function public.price(integer): is new",
    ]);
  });

  test("the smoke test's sessions take the role's place, and say what keeps it out", () => {
    const role = "writer";
    expect(sql("tracker", ["smoke/may-connect.sql"], { role })).toBe("");
    expect(sql("moved", ["smoke/may-connect.sql"], { role })).toContain("it is fenced");
    expect(sql("tracker", ["smoke/application-sessions.sql"], { role })).toBe("0");
    for (const file of ["as-role", "silence", "row-count", "connection"]) ran.add(`smoke/${file}.sql`);
    const counted = [{ file: "smoke/silence.sql" }, "SELECT 1;", { file: "smoke/row-count.sql" }];
    expect(server.psql("tracker", [{ file: "smoke/connection.sql" }, ...counted], { role }).trim()).toBe("1");
    const statements = {
      write: "INSERT INTO public.report SELECT 1, now(), 'of the smoke test'",
      readBack: "SELECT FROM public.report WHERE current_user = 'writer' AND note = 'of the smoke test'",
      history: "SELECT 1/0",
      aggregate: "",
      remove: "DELETE FROM public.report",
    };
    const reports = query("tracker", "SELECT count(*) FROM public.report");
    const asRole = (changed: Partial<typeof statements>) =>
      server
        .psql("tracker", [{ file: "smoke/as-role.sql" }], { role, ...statements, ...changed })
        .trim()
        .split("\n");
    expect(asRole({})).toEqual(["write|1|", "readBack|1|", "history||division by zero"]);
    expect(
      asRole({ history: "SELECT", remove: "DELETE FROM public.report WHERE note = 'of the smoke test'" }),
    ).toEqual(["write|1|", "readBack|1|", "history|1|", "remove|1|", "readBackAgain|0|"]);
    // All was taken back.
    expect(query("tracker", "SELECT count(*) FROM public.report")).toBe(reports);
  });

  test("a database that a run made is closed by its name", () => {
    sql("postgres", ["fence/close-target.sql"], { database: "tracker" });
    expect(query("tracker", "SELECT datconnlimit FROM pg_database WHERE datname = 'tracker'")).toBe("0");
  });

  test("every SQL file of the window has run here", () => {
    const files = folders.flatMap((folder) =>
      readdirSync(join(SQL, folder)).map((file) => `${folder}/${file}`),
    );
    expect([...ran].filter((file) => file.includes("/")).sort()).toEqual(files.sort());
  });
});

/** Files and what they read from standard input, as one script with no line between; what it prints. */
function chained(database: string, input: (string | { file: string })[], descriptor9?: string): string {
  const parts = input.map((one) => {
    if (typeof one === "string") return `${one}\n`;
    ran.add(one.file);
    return readFileSync(join(SQL, one.file), "utf8");
  });
  // What a step hands over as descriptor 9, the test names.
  const script =
    descriptor9 === undefined ? parts.join("") : parts.join("").replace("<&9", `<"${descriptor9}"`);
  return server.psql(database, [script], { run }).trim();
}
