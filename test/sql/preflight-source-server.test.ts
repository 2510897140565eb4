import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sourceServerChecks } from "../../lib/checks/source-server";
import { Postgresql16 } from "./postgresql-16";

/* Preflight's checks of the source's server that are SQL, on production's version, without TimescaleDB. */

const PREFLIGHT = join(__dirname, "..", "..", "assets", "sql", "preflight");
const ids = sourceServerChecks.map(({ id }) => id).filter((id) => existsSync(join(PREFLIGHT, `${id}.sql`)));

/** What check-source sets for an environment like production's. */
const environment = {
  postgresql: "16.10",
  timescaledb: "2.18.2",
  postgis: "3.5.2",
  application_role: "tracker",
  in_flight_seconds: "60",
  dump_jobs: "2",
  target_locales: '["en_GB.UTF-8"]',
  target_max_connections: "100",
};

/** What each finds where all is well. */
const healthy: [id: string, finding: RegExp][] = [
  ["source-superuser", /^postgres is a superuser\.$/],
  ["source-superuser-sessions", /^No superuser is connected to the database\.$/],
  ["source-application-role", /^tracker \(application\.roleName\) logs in, and is no superuser\.$/],
  [
    "source-versions",
    /^PostgreSQL 16\.10, TimescaleDB is not used, PostGIS is not used, as versions says\.$/,
  ],
  ["source-timescaledb-edition", /^The database does not use TimescaleDB\.$/],
  ["source-restoring", /^timescaledb\.restoring is not on\.$/],
  ["source-waiting-locks", /^Nobody waits for a lock\.$/],
  ["source-long-transactions", /^No transaction is older than cutover\.inFlightSeconds \(60 s\)\.$/],
  [
    "source-connections",
    /^Of max_connections \(100\) 100 are free; the run takes up to 7\. 0 sessions are in the database, 0 of them of tracker\.$/,
  ],
  ["source-database-size", /^The database has \d+ kB: largest relation \S+ with \d+ kB \(\d+ %\)\.$/],
  ["source-encoding", /^The encoding is UTF8\.$/],
  ["source-locale", /^LC_COLLATE is C and LC_CTYPE C, provider libc\.$/],
  ["source-collation-version", /^The collation version is the recorded one\.$/],
  ["source-extensions", /^Extensions: plpgsql 1\.0\.$/],
  ["source-tablespaces", /^All is in pg_default\.$/],
  ["source-replication-slots", /^There are none\.$/],
  ["source-publications", /^There are none\.$/],
  ["source-subscriptions", /^There are none\.$/],
];

let server: Postgresql16;

beforeAll(() => {
  server = Postgresql16.start({ wal_level: "logical" });
  server.psql("postgres", ["CREATE ROLE tracker LOGIN;", "CREATE DATABASE healthy;"]);
});

afterAll(() => server?.stop());

/** Makes a check as its step does; what stands in `before` comes first in the same session. */
function check(
  database: string,
  id: string,
  { before = "", ...changes }: { before?: string } & Partial<typeof environment> = {},
) {
  const printed = server.psql(database, [before, { file: `preflight/${id}.sql` }], {
    separator: "\x1f",
    ...environment,
    ...changes,
  });
  const [verdict, finding, remedy, ...more] = printed.replace(/\n$/, "").split("\x1f");
  expect(more).toEqual([]);
  return { verdict, finding, ...(remedy !== undefined && remedy !== "" && { remedy }) };
}

describe("of a healthy server on PostgreSQL 16.10, Preflight", () => {
  test("makes each of these checks", () => {
    expect(healthy.map(([id]) => id).sort()).toEqual([...ids].sort());
  });

  test.each(healthy)("passes %s, and says what it saw", (id, finding) => {
    expect(check("healthy", id)).toEqual({ verdict: "pass", finding: expect.stringMatching(finding) });
  });
});

describe("of a server with one fault of each kind, Preflight", () => {
  beforeAll(() => {
    const elsewhere = join(server.folder, "elsewhere");
    mkdirSync(elsewhere);
    // As root the server runs as nobody.
    if (process.getuid?.() === 0) chownSync(elsewhere, 65534, 65534);
    const extension = join(server.folder, "native/share/postgresql/extension/house_rules");
    writeFileSync(`${extension}.control`, "default_version = '7'\n");
    writeFileSync(`${extension}--7.sql`, "CREATE FUNCTION rule() RETURNS int LANGUAGE sql RETURN 7;\n");
    server.psql("postgres", [
      readFileSync(join(__dirname, "preflight-planted-server.sql"), "utf8").replaceAll(
        "ELSEWHERE",
        elsewhere,
      ),
    ]);
  });

  test.each([
    [
      "source-database-size",
      "warn",
      /^The database has \d+ MB: largest relation public\.heap with \d+ MB \([5-9]\d %\), which one job alone dumps/,
    ],
    ["source-locale", "pass", /^LC_COLLATE is C and LC_CTYPE C, provider ICU de\.$/],
    [
      "source-extensions",
      "warn",
      /^house_rules comes with none of the target's packages; pg_trgm is 1\.5 here and would be restored as 1\.6\.$/,
    ],
    [
      "source-tablespaces",
      "warn",
      /^In tablespaces of their own: public\.away in elsewhere, public\.away_index in elsewhere\. The restore leaves/,
    ],
    [
      "source-replication-slots",
      "fail",
      /^Logical slots of the database: reader \(pgoutput, not active\)\. Physical slots: standby \(not active\); standbys/,
    ],
    ["source-publications", "warn", /^The database publishes: a, b, c, d, e and 2 more\. /],
    ["source-subscriptions", "fail", /^Subscriptions of the database: feed \(disabled\)\.$/],
  ])("finds what %s looks for: %s", (id, verdict, finding) => {
    expect(check("planted", id)).toEqual({ verdict, finding: expect.stringMatching(finding) });
  });

  test("finds that what sorts has changed since, for the database and for a collation that something uses", () => {
    // For the moment: a database that says so warns at every connection.
    const before = "BEGIN; UPDATE pg_database SET datcollversion = '1.0' WHERE datname = current_database();";
    expect(check("planted", "source-collation-version", { before })).toEqual({
      verdict: "warn",
      finding: expect.stringMatching(
        /^The collation version has changed for public\.old \(recorded 1\.0, now [\d.]+\), the database \(recorded 1\.0, now [\d.]+\): /,
      ),
    });
  });

  test("takes a physical slot alone for no fault of the database, and says that standbys do not follow", () => {
    expect(check("healthy", "source-replication-slots")).toEqual({
      verdict: "warn",
      finding: "Physical slots: standby (not active); standbys of the source do not follow to the target.",
      remedy: expect.stringMatching(/^Nothing to do for the move/),
    });
  });

  test("finds a database that lies in a tablespace of its own", () => {
    expect(check("moved", "source-tablespaces")).toMatchObject({
      verdict: "warn",
      finding: expect.stringMatching(/: the database in elsewhere\. /),
    });
  });

  test("warns of SQL_ASCII", () => {
    expect(check("loose", "source-encoding")).toMatchObject({
      verdict: "warn",
      finding: expect.stringMatching(
        /^The encoding is SQL_ASCII: bytes of any encoding may stand side by side/,
      ),
    });
  });

  test("fails a user that is no superuser", () => {
    expect(check("healthy", "source-superuser", { before: "SET ROLE tracker;" })).toEqual({
      verdict: "fail",
      finding:
        "tracker is no superuser: it could not close the database to others, and would lock itself out.",
    });
  });

  test.each([
    ["absent", /^absent \(application\.roleName\) is no role of the source\.$/],
    ["postgres", /^postgres \(application\.roleName\) is a superuser: the fence does not hold it out\.$/],
    ["pg_monitor", /^pg_monitor \(application\.roleName\) may not log in: /],
  ])("fails the application's role where it is %s", (application_role, finding) => {
    expect(check("healthy", "source-application-role", { application_role })).toEqual({
      verdict: "fail",
      finding: expect.stringMatching(finding),
    });
  });

  test("fails another version than the environment's, and names both", () => {
    expect(check("healthy", "source-versions", { postgresql: "16.11" })).toEqual({
      verdict: "fail",
      finding: "PostgreSQL is 16.10, and versions.postgresql is 16.11.",
    });
  });

  test("fails a restore that was never ended", () => {
    const before = "SET timescaledb.restoring = on;";
    expect(check("healthy", "source-restoring", { before }).verdict).toBe("fail");
  });

  test("knows a locale that the target lacks from one that is only written otherwise", () => {
    const before =
      "UPDATE pg_database SET datcollate = 'sv_SE.UTF-8', datctype = 'en_GB.utf8' WHERE datname = current_database();";
    const undone = (changes: Partial<typeof environment>) =>
      check("healthy", "source-locale", { before: `BEGIN; ${before}`, ...changes });
    expect(undone({})).toEqual({
      verdict: "warn",
      finding:
        "LC_COLLATE is sv_SE.UTF-8 and LC_CTYPE en_GB.utf8, provider libc; target.locales does not have sv_SE.UTF-8.",
    });
    expect(undone({ target_locales: '["en_GB.UTF-8", "sv_SE.UTF-8"]' }).verdict).toBe("pass");
  });

  test("finds a transaction that is older than the fence waits, superusers, and who waits for a lock behind whom", () => {
    // Two more sessions, for as long as this one lasts.
    const before = `
      CREATE FUNCTION pg_temp.place() RETURNS text LANGUAGE sql RETURN format('host=%s port=%s user=postgres dbname=planted application_name=nightly',
        current_setting('unix_socket_directories'), current_setting('port'));
      DO $$ BEGIN
        PERFORM public.dblink_connect('holder', pg_temp.place());
        PERFORM public.dblink_connect('waiter', pg_temp.place());
        PERFORM public.dblink_exec('holder', 'BEGIN');
        PERFORM public.dblink_exec('holder', 'LOCK TABLE public.heap');
        PERFORM public.dblink_send_query('waiter', 'SELECT count(*) FROM public.heap');
        PERFORM pg_sleep(2);
      END $$;`;
    expect(check("planted", "source-long-transactions", { before, in_flight_seconds: "1" })).toEqual({
      verdict: "warn",
      finding: expect.stringMatching(
        /^Transactions older than cutover\.inFlightSeconds \(1 s\): pid \d+ postgres \(nightly, idle in transaction\) for \d s, pid \d+ postgres \(nightly, active\) for \d s\.$/,
      ),
    });
    expect(check("planted", "source-superuser-sessions", { before })).toEqual({
      verdict: "warn",
      finding: expect.stringMatching(
        /^Superusers are connected to the database: pid \d+ postgres \(nightly\), pid \d+ postgres \(nightly\)\. A fence/,
      ),
    });
    expect(check("planted", "source-waiting-locks", { before })).toEqual({
      verdict: "warn",
      finding: expect.stringMatching(
        /^Waiting for a lock: pid \d+ postgres \(nightly\) for \d s for public\.heap behind pid \d+\.$/,
      ),
    });
  });

  test("counts the connections that are left for the run, on either side", () => {
    expect(check("healthy", "source-connections", { dump_jobs: "96" })).toMatchObject({
      verdict: "fail",
      finding: expect.stringMatching(/^Of max_connections \(100\) 100 are free; the run takes up to 101\./),
    });
    expect(check("healthy", "source-connections", { target_max_connections: "6" })).toMatchObject({
      verdict: "warn",
      finding: expect.stringMatching(/The target's limit is 6 \(target\.maxConnections\)\.$/),
    });
    expect(check("shut", "source-connections")).toMatchObject({
      verdict: "fail",
      finding: expect.stringMatching(/Its connection limit is 0: it is fenced, or closed by hand\.$/),
    });
  });
});
