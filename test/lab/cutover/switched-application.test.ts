import { describeLab } from "../describe-lab";
import { serveHealth } from "../health-server";
import { bash, sql } from "../on-host";
import { type Ended, SwitchLab } from "./switch-lab";

const password = `p:w\\d'"$ {é} 7f3a91`;
const target = { host: "172.31.203.20", port: 5432 };
const secret = (changes = {}) =>
  JSON.stringify({ ...target, dbname: "tracker", username: "tracker", password, ...changes });
const smokeTest = {
  write: "INSERT INTO reading (at, writer) VALUES (now(), :'marker') -- as ingest does",
  readBack: "SELECT at FROM reading WHERE writer = :'marker';",
  history: "SELECT at FROM reading WHERE writer = 'history'",
  aggregate: "SELECT bucket FROM reading_hourly",
  remove: "DELETE FROM reading WHERE writer = :'marker'",
};
// The role's own search_path leads to its table.
const schema = `
  CREATE ROLE tracker LOGIN PASSWORD :'password';
  ALTER ROLE tracker SET search_path TO app;
  CREATE SCHEMA app;
  CREATE TABLE app.reading (at timestamptz NOT NULL, writer text NOT NULL);
  CREATE TABLE app.reading_hourly (bucket timestamptz NOT NULL);
  GRANT USAGE ON SCHEMA app TO tracker;
  GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA app TO tracker;
  INSERT INTO app.reading VALUES (now(), 'history');
  INSERT INTO app.reading_hourly VALUES (now());`;

let runs = 0;
const newRun = () => `r20261121-1300${String((runs += 1)).padStart(2, "0")}-sm0k`;

describeLab("The application after the switch", () => {
  let lab: SwitchLab;
  const onTarget = (script: string) => bash(lab.target, script);
  const onDatabase = (statements: string) => sql(lab.target, "tracker", statements);

  beforeAll(async () => {
    lab = await SwitchLab.start();
    await lab.deploy({
      smokeTest,
      healthUrls: ["https://web.lab/health", "https://ingest.lab/health"],
      healthSeconds: 6,
    });
    await sql(lab.target, "postgres", "CREATE DATABASE tracker");
    await onDatabase(
      `\\set password '${password.replaceAll("\\", "\\\\").replaceAll("'", "''")}'\n${schema}`,
    );
    await lab.store(secret());
  });

  afterAll(async () => {
    await lab?.stop();
  });

  const tell = (what: string, test: () => Promise<void>) => it(what, test);

  function expectFailure({ result }: Ended, code: string, message: RegExp): void {
    expect(result).toMatchObject({ status: "failed", code, message: expect.stringMatching(message) });
  }

  /** Once `broken` was run, the smoke test of that side fails with that code; it leaves no row. */
  async function expectRefusal(
    side: "source" | "target",
    [code, message]: [string, RegExp],
    { broken, mended }: { broken: string; mended: string },
  ): Promise<void> {
    await onDatabase(broken);
    expectFailure(await lab.run(`smoke-test-${side}`, newRun()), code, message);
    await onDatabase(mended);
    expect(await onDatabase("SELECT count(*) FROM app.reading WHERE writer <> 'history'")).toBe("0");
  }

  tell(
    "writes, reads and removes its row on the target: over TLS, with the secret's own credentials",
    async () => {
      await onDatabase("ALTER SYSTEM SET log_connections = on; SELECT pg_reload_conf()");
      const { result } = await lab.run("smoke-test-target", newRun());
      expect(result).toMatchObject({ status: "succeeded", tls: "verify-full", tlsVersion: "TLSv1.3" });
      const log = await onTarget(
        `grep 'connection authorized: user=tracker' /var/log/postgresql/*-main.log | tail -n 1`,
      );
      expect(log).toMatch(/database=tracker .*SSL enabled \(protocol=TLSv1\.3/);
      expect(await onDatabase("SELECT writer FROM app.reading")).toBe("history");
    },
  );

  tell(
    "does the same on the source as its role, and tells of the application's own sessions there",
    async () => {
      const holding = `systemd-run --quiet --collect --unit=application --setenv=PGPASSWORD='${password.replaceAll("'", `'\\''`).replaceAll("$", "$$")}' psql --host=127.0.0.1 --username=tracker --dbname=tracker --command='SELECT pg_sleep(60)'`;
      await onTarget(holding);
      const { result } = await lab.run("smoke-test-source", newRun());
      await onTarget("systemctl stop application");
      expect(result).toMatchObject({ status: "succeeded", applicationSessions: 1 });
      expect(await onDatabase("SELECT writer FROM app.reading")).toBe("history");
    },
  );

  tell("cannot log in: each side says why", async () => {
    const login = { broken: "ALTER ROLE tracker NOLOGIN", mended: "ALTER ROLE tracker LOGIN" };
    await expectRefusal("target", ["smoke-connect", /not permitted to log in/], login);
    await expectRefusal("source", ["smoke-connect", /tracker may not log in \(NOLOGIN\)/], login);
    await expectRefusal("source", ["smoke-connect", /connection limit of tracker is 0: it is fenced/], {
      broken: "ALTER DATABASE tracker CONNECTION LIMIT 0",
      mended: "ALTER DATABASE tracker CONNECTION LIMIT -1",
    });
    await lab.store(secret({ password: "another" }));
    const stranger = await lab.run("smoke-test-target", newRun());
    expectFailure(stranger, "smoke-connect", /password authentication failed/);
    await lab.store(secret({ host: "172.31.203.10" }));
    const early = await lab.run("smoke-test-target", newRun());
    expectFailure(early, "smoke-connect", /points at 172\.31\.203\.10:5432, not at the target/);
    await lab.store(secret());
  });

  // Both sides run the statements by the same part: one failure is seen on the target, the others on the source.
  tell("may not write, or the write is lost", async () => {
    const right = {
      broken: "REVOKE INSERT ON app.reading FROM tracker",
      mended: "GRANT INSERT ON app.reading TO tracker",
    };
    await expectRefusal(
      "target",
      ["smoke-write", /the write failed: .*permission denied for table reading/],
      right,
    );
    await expectRefusal(
      "source",
      ["smoke-write", /the write failed: .*permission denied for table reading/],
      right,
    );
    await expectRefusal("source", ["smoke-read-back", /reading the write back gave no row/], {
      broken: "CREATE RULE lost AS ON INSERT TO app.reading DO INSTEAD NOTHING",
      mended: "DROP RULE lost ON app.reading",
    });
  });

  tell("finds no history or no aggregate", async () => {
    await expectRefusal("source", ["smoke-history", /the query of history gave no row/], {
      broken: "DELETE FROM app.reading",
      mended: "INSERT INTO app.reading VALUES (now(), 'history')",
    });
    await expectRefusal("source", ["smoke-aggregate", /continuous aggregate failed: .*permission denied/], {
      broken: "REVOKE SELECT ON app.reading_hourly FROM tracker",
      mended: "GRANT SELECT ON app.reading_hourly TO tracker",
    });
  });

  tell("may not remove its write, or it stays all the same", async () => {
    await expectRefusal("source", ["smoke-remove", /removing the write failed: .* could not be removed/], {
      broken: "REVOKE DELETE ON app.reading FROM tracker",
      mended: "GRANT DELETE ON app.reading TO tracker; DELETE FROM app.reading WHERE writer <> 'history'",
    });
    await expectRefusal(
      "source",
      ["smoke-remove", /is still there after application\.smokeTest\.remove: 1\./],
      {
        broken: "CREATE RULE kept AS ON DELETE TO app.reading DO INSTEAD NOTHING",
        mended: "DROP RULE kept ON app.reading; DELETE FROM app.reading WHERE writer <> 'history'",
      },
    );
  });

  tell("trusts only the certificate that the boot has published", async () => {
    const parameter = "/timescale-cutover/prod/server-certificate";
    const published = `aws ssm get-parameter --name ${parameter} --query Parameter.Value --output text`;
    await onTarget(
      `${published} >/root/published.crt; aws ssm put-parameter --name ${parameter} --overwrite --value file:///etc/ssl/lab/ca.crt >/dev/null`,
    );
    const strange = await lab.run("smoke-test-target", newRun());
    await onTarget(
      `aws ssm put-parameter --name ${parameter} --overwrite --value file:///root/published.crt >/dev/null`,
    );
    expectFailure(strange, "smoke-connect", /certificate verify failed/);
  });

  tell("is well once every health URL answers 2xx, and the others are named until then", async () => {
    const answer = (name: string, status: number) => onTarget(`echo ${status} >/run/${name}.lab`);
    await onTarget(serveHealth(["web.lab", "ingest.lab"]));
    await answer("web", 200);
    await answer("ingest", 503);
    expectFailure(
      await lab.run("check-health", newRun()),
      "unhealthy",
      /^After 6 s the application is not well: https:\/\/ingest\.lab\/health: 503\.$/,
    );
    const checked = lab.run("check-health", newRun());
    await onTarget("sleep 2");
    await answer("ingest", 204);
    expect((await checked).result).toMatchObject({ status: "succeeded", healthUrls: 2 });
    await onTarget("systemctl stop health");
    expectFailure(
      await lab.run("check-health", newRun()),
      "unhealthy",
      /web\.lab\/health: .*onnect.*ingest\.lab/,
    );
  });

  tell("has its password in no log, no result and no process's arguments or environment", async () => {
    await onTarget(`cat >/root/password <<'END'\n7f3a91\nEND`);
    const watch =
      "while :; do grep -laF -f /root/password /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null; sleep 0.02; done";
    await onTarget(
      `systemd-run --quiet --collect --unit=watch --property=StandardOutput=append:/root/seen bash -c '${watch}'`,
    );
    // It does see what stays for a moment.
    await onTarget("bash -c 'sleep 2; : 7f3a91'; grep -q cmdline /root/seen; : >/root/seen");
    await lab.store(secret({ host: "172.31.203.10" }));
    const run = newRun();
    const ended = [];
    for (const step of ["inspect-application", "switch", "settle", "smoke-test-target"]) {
      ended.push(await lab.run(step, run, step === "settle" ? { Truth: "target" } : {}));
    }
    await onTarget("systemctl stop watch");
    expect(ended.map(({ result }) => result["status"])).toEqual(Array(4).fill("succeeded"));
    expect(ended.map(({ output }) => output).join("")).not.toContain("7f3a91");
    expect(await onTarget("cat /root/seen")).toBe("");
    expect(await onTarget(`find /run/timescale-cutover -name 'application.*'`)).toBe("");
    const kept =
      "grep -rlaF -f /root/password /var/lib/timescale-cutover /var/log /run/timescale-cutover || [ $? = 1 ]";
    expect(await onTarget(`${kept}; journalctl --no-pager | grep -F -f /root/password || [ $? = 1 ]`)).toBe(
      "",
    );
  });
});
