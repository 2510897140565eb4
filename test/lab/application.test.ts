import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Application } from "../../lib/lab/application/application";
import { Ledger, ledgerLine } from "../../lib/lab/application/ledger";
import { longestOutage } from "../../lib/lab/application/outage";
import { connectionSecretString, readConnection } from "../../lib/lab/application/secret";
import { seedApplication } from "../../lib/lab/application/seed-application";
import type { Lab } from "../../lib/lab/lab";
import { putSecret } from "../../lib/lab/rehearsal/aws-contents";
import { psql } from "../../lib/lab/seed/psql";
import { describeLab } from "./describe-lab";
import { sql } from "./on-host";
import { startLab } from "./start-lab";

const region = "eu-west-2";
const secretName = "lab/application";
const connection = {
  host: "172.31.203.10",
  port: 5432,
  dbname: "tracker",
  username: "tracker",
  password: "not so secret",
};

describeLab("The lab's application", () => {
  let lab: Lab;
  let application: Application;

  beforeAll(async () => {
    lab = await startLab({ started: ["source"] });
    const { source } = lab.hosts;
    await psql(source, { name: "a database", sql: "CREATE DATABASE tracker;\n" });
    await psql(source, {
      name: "its extension",
      sql: "CREATE EXTENSION timescaledb;\n",
      database: "tracker",
    });
    await seedApplication(source, { database: "tracker", role: "tracker", password: connection.password });
    await putSecret({ url: lab.aws.url, region }, secretName, connectionSecretString(connection));
    const trusted = [readFileSync(lab.file("authority/ca.crt"), "utf8")];
    application = await Application.start(lab, { secretName, region, trusted });
  });

  afterAll(async () => {
    await lab?.stop();
  });

  const numbersInTable = async () =>
    (
      await sql(
        lab.hosts.source,
        "tracker",
        "SELECT number FROM lab.tracker_write WHERE writer = 'application' ORDER BY 1",
      )
    )
      .split("\n")
      .map(Number);

  it("writes about 50 rows a second over TLS, into a hypertable with hours of history", async () => {
    const before = application.acknowledged().length;
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    const written = application.acknowledged().length - before;
    expect(written).toBeGreaterThan(100);
    expect(written).toBeLessThan(230);
    const seen = await sql(
      lab.hosts.source,
      "tracker",
      `SELECT bool_and(ssl), count(*) BETWEEN 1 AND 4 FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'tracker';
       SELECT count(*) FROM timescaledb_information.hypertables WHERE hypertable_name = 'tracker_write' AND owner = 'tracker';
       SELECT count(*) FROM lab.tracker_write WHERE writer = 'history' AND written_at < now() - interval '5 hours';
       SELECT count(*) > 0 FROM lab.tracker_write_summary WHERE writer = 'history'`,
    );
    const [tls, hypertables, history, summary] = seen.split("\n");
    expect([tls, hypertables, summary]).toEqual(["t|t", "1", "t"]);
    expect(Number(history)).toBeGreaterThan(50);
  });

  it("loses no acknowledged row, and writes none twice, when the server dies and comes back", async () => {
    const unit = `postgresql@${lab.postgresql.major}-main`;
    const died = Date.now();
    await lab.hosts.source.run(["systemctl", "kill", "--signal=KILL", unit]);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await lab.hosts.source.run(["systemctl", "start", unit]);
    await application.waitForWrite({ since: Date.now() });
    const acknowledged = application.acknowledged().map(({ number }) => number);
    const table = await numbersInTable();
    expect(new Set(table).size).toBe(table.length);
    expect(acknowledged.filter((number) => !table.includes(number))).toEqual([]);
    expect(longestOutage(application.acknowledged(), died)?.seconds).toBeGreaterThan(1.4);
  });

  it("takes a new password from its secret when the old one is refused", async () => {
    await sql(
      lab.hosts.source,
      "postgres",
      `ALTER ROLE tracker PASSWORD 'changed';
       SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tracker'`,
    );
    const changed = Date.now();
    const value = connectionSecretString({ ...connection, password: "changed" });
    await putSecret({ url: lab.aws.url, region }, secretName, value);
    await application.waitForWrite({ since: changed + 500 });
  });

  it("ends in order, its numbers without a gap, and goes with the lab", async () => {
    expect(await application.stop()).toBe(0);
    const acknowledged = application.acknowledged().map(({ number }) => number);
    expect([...acknowledged].sort((a, b) => a - b)).toEqual(acknowledged.map((_, index) => index + 1));
    expect(await numbersInTable()).toEqual([...acknowledged].sort((a, b) => a - b));
    lab.spawnOnNetwork("application", ["sleep", "600"], {});
    await lab.stop();
    expect(lab.traces()).toEqual([]);
  });
});

describe("The ledger of the lab's application", () => {
  const folder = mkdtempSync(join(tmpdir(), "ledger-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const entries = [1, 2, 3].map((number) => ({
    number,
    at: 1_000_000 + number * 1_000,
    host: "172.31.203.10",
  }));

  it("is read line by line, however often, and half a line only when it is whole", () => {
    const file = join(folder, "ledger");
    const ledger = new Ledger(file);
    expect(ledger.read()).toEqual([]);
    const [first = "", second = ""] = entries.map(ledgerLine);
    writeFileSync(file, first + second.slice(0, 9));
    expect(ledger.read()).toEqual(entries.slice(0, 1));
    writeFileSync(file, first + second);
    expect(ledger.read()).toEqual(entries.slice(0, 2));
  });

  it("refuses a line that is none", () => {
    const file = join(folder, "spoilt");
    writeFileSync(file, "eins gestern hier\n");
    expect(() => new Ledger(file).read()).toThrow(/"eins gestern hier"/);
  });

  it("tells the longest outage that ended after a time", () => {
    const ledger = [0, 5_000, 5_100, 7_100, 7_200].map((at, number) => ({ number, at, host: "h" }));
    expect(longestOutage(ledger, 5_050)).toEqual({
      startedAt: "1970-01-01T00:00:05.100Z",
      endedAt: "1970-01-01T00:00:07.100Z",
      seconds: 2,
    });
    expect(longestOutage(ledger, 9_000)).toBeNull();
  });

  it("is of an application that refuses a secret without a key", () => {
    const value = { ...connection, password: undefined };
    expect(() => readConnection(JSON.stringify(value))).toThrow(/password/);
  });
});
