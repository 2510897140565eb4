import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { samplePasswords, seedSample } from "../../../lib/lab/seed/seed";
import { describeLab } from "../describe-lab";
import { independentLook } from "../independent-look";
import {
  bash,
  isCommunity,
  type Fingerprint,
  leftOnSource,
  managed,
  type Rehearsed,
  rehearse,
  runEveryJob,
  sql,
  startLab,
  stateOfSource,
  until,
} from "./rehearsed";
import { planted } from "./planted-differences";
import { runDocument } from "./run-document";
import { tablesNotRead, unreadTables } from "./unread-tables";

describeLab("A rehearsal of the sample database", () => {
  let lab: RehearsalLab;
  let stateBefore: string;
  let preserved: Rehearsed;

  beforeAll(async () => {
    lab = await startLab();
    await lab.deploy(managed);
    await seedSample(lab.lab.hosts.source, { database: "tracker", sizeMb: 40 });
    // A job that runs nothing: it shows that jobs are compared in the Apache edition too, which runs none.
    await sql(lab.lab.hosts.source, "tracker", notScheduledJob);
    stateBefore = await stateOfSource(lab);
    preserved = await rehearse(lab, "--leave-open");
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("succeeds with no relation and no catalog line that differs", () => {
    expect(preserved.report).toMatchObject({
      outcome: "succeeded",
      fingerprint: { differentRelations: [], differentCatalogLines: [] },
    });
    expect(preserved.code).toBe(0);
    expect(preserved.report.fingerprint?.relations).toBeGreaterThan(50);
    expect(preserved.report.fingerprint?.rows).toBeGreaterThan(10_000);
    expect(preserved.report.fingerprint?.catalogLines).toBeGreaterThan(1_000);
  });

  test("differs in nothing that pg_dump and COPY say of both sides, beside the runbook's own comparison", async () => {
    // TimescaleDB's policies have run on the copy, where there are any: chunks are compressed, reordered and dropped.
    const [rows, schema] = (await isCommunity(lab)) ? [/^_timescaledb_/, "_timescaledb_internal"] : [];
    expect(await independentLook(lab, "tracker", rows, schema)).toEqual([]);
  });

  test("has read every table of TimescaleDB's whole, but those that are listed with the reason why", async () => {
    expect(await tablesNotRead(lab.lab.hosts.source, "tracker")).toEqual(Object.keys(unreadTables));
  });

  test("is recorded with its wall time from the snapshot on, by which the gate predicts the outage", async () => {
    const { steps } = preserved.report;
    const begun = (name: string) => Date.parse(steps.find((step) => step.name === name)?.startedAt ?? "");
    const kept = await bash(lab.lab.hosts.target, "cat /var/lib/postgresql/timescale-cutover/rehearsal.json");
    const { seconds } = JSON.parse(kept) as { seconds: number };
    const wall = (begun("recordRehearsal") - begun("holdSnapshot")) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(wall);
    expect(seconds).toBeLessThan(wall + 10);
  });

  test("reports every step with its host, its start and its seconds, and both sides' versions", () => {
    const { steps, versions } = preserved.report;
    expect(steps.map(({ name }) => name)).toEqual([
      ...[
        "findTarget",
        "lock",
        "inspectSource",
        "inspectTarget",
        "holdSnapshot",
        "dump",
        "fingerprintSource",
        "releaseSnapshot",
      ],
      ...[
        "sendDump",
        "fetchDump",
        "prepareRoles",
        "prepareDatabase",
        "stopArchiving",
        "restore",
        "fingerprintTarget",
        "compare",
      ],
      ...["startWorkers", "recordRehearsal", "whetherToClose", "releaseSource", "unlock"],
    ]);
    const onHosts = steps.filter(({ name }) => !["findTarget", "whetherToClose"].includes(name));
    for (const step of onHosts) {
      expect(step).toMatchObject({ status: "Success", host: expect.stringMatching(/^(source|target)$/) });
      expect(Date.parse(step.startedAt)).not.toBeNaN();
      expect(step.seconds).toBeGreaterThan(0);
    }
    expect(versions.source).toMatchObject({
      postgresql: lab.lab.postgresql.version,
      timescaledb: lab.lab.timescaledb,
      postgis: lab.lab.postgis,
    });
    expect(versions.target).toEqual(versions.source);
  });

  test("changes nothing on the source and leaves nothing there", async () => {
    expect(await stateOfSource(lab)).toBe(stateBefore);
    expect(await leftOnSource(lab)).toBe("");
  });

  test("lets the application's roles log in on the target with their old passwords", async () => {
    // The clients find the certificate where the boot has published it.
    await bash(
      lab.lab.hosts.source,
      "aws ssm get-parameter --name /timescale-cutover/prod/server-certificate --query Parameter.Value --output text >/tmp/target.crt",
    );
    for (const [role, password] of Object.entries(samplePasswords)) {
      const connection = `host=target dbname=tracker user=${role} sslmode=verify-full sslrootcert=/tmp/target.crt`;
      const who = await bash(
        lab.lab.hosts.source,
        `PGPASSWORD='${password}' psql --no-psqlrc -Atc 'SELECT current_user' '${connection}'`,
      );
      expect(who).toBe(role);
    }
  });

  test("brings across none of the neighbour's roles, and no database but the one", async () => {
    const roles = await sql(
      lab.lab.hosts.target,
      "postgres",
      "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'",
    );
    expect(roles).not.toMatch(/glimpse/);
    expect(roles.split("\n")).toEqual(expect.arrayContaining(Object.keys(samplePasswords)));
    const databases = await sql(
      lab.lab.hosts.target,
      "postgres",
      "SELECT datname FROM pg_database WHERE NOT datistemplate",
    );
    expect(databases.split("\n").sort()).toEqual(["postgres", "tracker"]);
  });

  test("leaves no dump, no password and no lock behind on the target, and keeps the run's folder private", async () => {
    const left = await bash(
      lab.lab.hosts.target,
      "ls -A /var/lib/postgresql/cutover-dump /run/timescale-cutover 2>/dev/null | grep '^r' || [ $? = 1 ]; ls /var/lib/timescale-cutover",
    );
    const ofTheBoot = ["archive-status", "boot.json", "proved"];
    const ofTheRun = [preserved.report.runId, "lock.flock"];
    expect(left.split("\n").sort()).toEqual([...ofTheBoot, ...ofTheRun].sort());
    expect(await bash(lab.lab.hosts.target, "ls /var/lib/postgresql/timescale-cutover")).toBe(
      "rehearsal.json\ntarget-database",
    );
    expect(
      await bash(lab.lab.hosts.target, `stat -c %a /var/lib/timescale-cutover/${preserved.report.runId}`),
    ).toBe("700");
  });

  test("writes no password verifier into a log", async () => {
    for (const host of [lab.lab.hosts.source, lab.lab.hosts.target]) {
      const logs = await bash(
        host,
        "grep -rlF 'SCRAM-SHA-256$' /var/log /var/lib/timescale-cutover || [ $? = 1 ]",
      );
      expect(logs).toBe("");
    }
  });

  test("leaves every job able to run on the target", async () => {
    const jobs = await runEveryJob(lab, "tracker");
    expect(jobs.length).toBeGreaterThanOrEqual((await isCommunity(lab)) ? 6 : 0);
  });

  describe("finds and names a difference planted on the target:", () => {
    let verdict: Awaited<ReturnType<typeof compareAgain>>;

    beforeAll(async () => {
      await sql(lab.lab.hosts.target, "tracker", planted.map(([, statement]) => statement).join(";\n"));
      verdict = await compareAgain(lab, preserved.report.runId);
    });

    test.each(planted)("%s", (_, _statement, expectFound) => {
      expect(verdict.status).toBe("failed");
      expectFound(verdict.fingerprint);
    });

    test("but one that is accepted by its exact name fails nothing, and is told", async () => {
      const [relation] = verdict.fingerprint.differentRelations.map(({ name }) => name);
      const accepted = `relation ${relation}`;
      const { fingerprint } = await compareAgain(
        lab,
        preserved.report.runId,
        accepted,
        "relation public.no_such",
      );
      expect(fingerprint.acceptedDifferences).toEqual([accepted]);
      expect(fingerprint.differentRelations.map(({ name }) => name)).not.toContain(relation);
      expect(fingerprint.differentCatalogLines).toEqual(verdict.fingerprint.differentCatalogLines);
    });
  });

  test("broken off by pg_restore's death fails, and releases the source", async () => {
    const killed = restoring(lab).then(() =>
      bash(lab.lab.hosts.target, "kill -KILL $(pgrep --exact pg_restore)"),
    );
    const [broken] = await Promise.all([rehearse(lab), killed]);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toMatch(/Step restore on target: Failed/);
    expect(await leftOnSource(lab)).toBe("");
  });

  describe("of a network source that is written to all along, reassigned, after one that was broken off,", () => {
    let written = 0;
    let reassigned: Rehearsed;

    beforeAll(async () => {
      await lab.deploy({ ...managed, source: "network", ownership: "reassign" });
      await lab.giveSourcePassword();
      let writing = true;
      const writer = (async () => {
        while (writing) {
          await sql(lab.lab.hosts.source, "tracker", liveWrite);
          written += 1;
        }
      })();
      reassigned = await rehearse(lab);
      writing = false;
      await writer;
    });

    test("compares the very snapshot that was dumped, and no row is there twice", () => {
      expect(written).toBeGreaterThan(10);
      expect({ code: reassigned.code, said: reassigned.code === 0 ? "" : reassigned.stderr }).toEqual({
        code: 0,
        said: "",
      });
      expect(reassigned.report.fingerprint?.differentRelations).toEqual([]);
    });

    test("is dumped from the target, and nothing is sent through the relay", async () => {
      expect(reassigned.report.steps.map(({ name }) => name)).not.toContain("sendDump");
      expect(await leftOnSource(lab)).toBe("");
    });

    test("differs in owners and what follows from them alone, and says exactly where", async () => {
      const lines = reassigned.report.fingerprint?.differentCatalogLines ?? [];
      expect(lines.filter(({ expected }) => !expected)).toEqual([]);
      expect(lines.length).toBeGreaterThan(10);
      for (const line of lines) expect(line.attribute).toMatch(/^(owner|privileges of .*)$/);
      const owners = await sql(
        lab.lab.hosts.target,
        "tracker",
        "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname IN ('public', 'ops', 'audit') AND tablename <> 'spatial_ref_sys'",
      );
      expect(owners).toBe("tracker");
    });
  });
});

const liveWrite =
  "INSERT INTO account (name, email) SELECT 'live', gen_random_uuid()::text FROM generate_series(1, 20); UPDATE device SET label = label || '.' WHERE device_id % 7 = 0";

const notScheduledJob = `
  CREATE PROCEDURE ops.never(job_id int, config jsonb) LANGUAGE plpgsql AS 'BEGIN END';
  INSERT INTO _timescaledb_config.bgw_job (id, application_name, schedule_interval, max_runtime, max_retries, retry_period,
    proc_schema, proc_name, owner, scheduled, fixed_schedule)
  VALUES (4242, 'Never [4242]', '1 day', '0', 3, '1 hour', 'ops', 'never', 'tracker', false, false)`;

/** Waits until rows are being restored. */
function restoring(lab: RehearsalLab): Promise<void> {
  return until("restore of rows on the target", async () => {
    const { stdout } = await lab.lab.hosts.target.run(["pgrep", "--exact", "--list-full", "pg_restore"]);
    return stdout.includes("rest.list");
  });
}

/** Runs fingerprint-target and compare of a run once more, as documents, and gives compare's result with its details. */
async function compareAgain(
  lab: RehearsalLab,
  runId: string,
  ...accepted: string[]
): Promise<{ status: string; fingerprint: Fingerprint }> {
  // A unit's result is kept, and a step that is done is not done again: this run's is put aside.
  await bash(
    lab.lab.hosts.target,
    `rm -f /var/lib/timescale-cutover/${runId}/results/fingerprint-target.json`,
  );
  await runDocument(lab, "fingerprint-target", runId);
  await runDocument(lab, "compare", runId, { Accept: JSON.stringify(accepted) });
  const result = await bash(
    lab.lab.hosts.target,
    `cat /var/lib/timescale-cutover/${runId}/results/compare.json`,
  );
  return JSON.parse(result) as { status: string; fingerprint: Fingerprint };
}
