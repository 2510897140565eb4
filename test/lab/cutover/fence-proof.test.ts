import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describeLab } from "../describe-lab";
import { until } from "../on-host";
import { Session } from "./application-session";
import { FenceLab, notFenced } from "./fence-lab";
import { Standby } from "./standby";
import { succeeded } from "./run-step";

const said = (text: string) => expect.stringContaining(text) as string;
const like = (pattern: RegExp) => expect.stringMatching(pattern) as string;

/** In place of the seconds between two looks, as long as the test wants. */
const sleepUntilTold = `#!/bin/bash
touch /srv/looked
until [ -e /srv/written ]; do /usr/bin/sleep 0.1; done
`;

describeLab("A fenced source", () => {
  let lab: FenceLab;
  let before: string;

  beforeAll(async () => {
    lab = await FenceLab.start();
    before = await lab.state();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  describe("is proved quiet", () => {
    let run: string;
    beforeAll(async () => {
      run = lab.newRun();
      expect(await lab.step("fence-source", run)).toEqual(succeeded);
    });
    afterAll(async () => {
      expect(await lab.step("reopen-source", run)).toEqual(succeeded);
    });

    test("but not when a superuser writes between the two looks of a proof", async () => {
      await lab.bash(`cat >/usr/local/sbin/sleep && chmod +x /usr/local/sbin/sleep`, sleepUntilTold);
      const proving = lab.step("prove-quiet-source", run);
      await lab.during(proving, "first look", async () => existsSync(join(lab.source.root, "srv/looked")));
      await lab.sql("INSERT INTO import_reject (line) VALUES ('by hand')");
      await lab.bash("rm /usr/local/sbin/sleep; touch /srv/written");
      expect(await proving).toMatchObject({
        code: "not-quiet",
        message: like(
          /between two looks 3 s apart: public\.import_reject, public\.import_reject_import_reject_id_seq/,
        ),
      });
    });

    test("but not with a superuser in the database", async () => {
      const session = Session.open(lab.source, "postgres", "tracker");
      await session.do("SELECT 1;");
      expect(await lab.step("prove-quiet-source", run)).toMatchObject({
        code: "not-quiet",
        message: like(/pid \d+ postgres \(psql\)/),
      });
      await session.close();
    });

    test("with a vacuum in between, but not when a superuser writes between the two proofs", async () => {
      expect(await lab.step("prove-quiet-source", run)).toMatchObject({
        relations: expect.any(Number) as number,
      });
      await lab.sql("VACUUM ANALYZE");
      expect(await lab.step("prove-quiet-source", run)).toEqual(succeeded);
      await lab.sql(
        "TRUNCATE ops.migration_note; SELECT lo_from_bytea(0, 'x'); CREATE FUNCTION f() RETURNS int RETURN 1",
      );
      const disproved = await lab.step("prove-quiet-source", run);
      expect(disproved).toMatchObject({
        code: "not-quiet",
        message: said("since it was first proved quiet"),
      });
      for (const moved of ["ops.migration_note", "pg_largeobject", "pg_proc"])
        expect(disproved.message).toContain(moved);
      await lab.sql("DROP FUNCTION f()");
    });
  });

  test("lets a job that runs finish, and holds through a restart of the server", async () => {
    const community = await lab.isCommunity();
    const done = async () => Number(await lab.sql("SELECT count(*) FROM import_reject WHERE line = 'job'"));
    if (community) {
      await lab.sql(`
        CREATE PROCEDURE slow_job(job_id integer, config jsonb) LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_sleep(1); INSERT INTO public.import_reject (line) VALUES ('job'); END $$;
        SELECT add_job('slow_job', '1 second', initial_start => now())`);
      const running =
        "SELECT count(*) FROM pg_stat_activity WHERE backend_type LIKE 'User-Defined Action%' AND query LIKE 'CALL%'";
      await until("job", async () => (await lab.sql(running)) !== "0");
    }
    const scheduled = await lab.state();
    const [run, doneBefore] = [lab.newRun(), await done()];
    expect(await lab.step("fence-source", run)).toEqual(succeeded);
    const doneThen = await done();
    if (community) expect(doneThen).toBeGreaterThan(doneBefore);
    expect(await lab.step("prove-quiet-source", run)).toEqual(succeeded);

    await lab.restartServer();
    await sleep(2500);
    expect(await lab.refusal()).toContain("too many connections");
    expect(await done()).toBe(doneThen);
    expect(await lab.step("prove-quiet-source", run)).toEqual(succeeded);

    expect(await lab.step("reopen-source", lab.newRun())).toMatchObject({ wasFenced: true });
    expect(await lab.state()).toBe(scheduled);
    if (!community) return;
    await until("job on the schedule again", async () => (await done()) > doneThen);
    await lab.step("fence-source", run);
    await lab.sql("SELECT delete_job(job_id) FROM timescaledb_information.jobs WHERE proc_name = 'slow_job'");
    expect(await lab.step("reopen-source", run)).toMatchObject({ wasFenced: true });
    expect(await lab.state()).toBe(before);
  });

  test("is proved quiet with the second scheduler that the crash of a backend leaves, while no job is on the schedule", async () => {
    const schedulers =
      "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'TimescaleDB Background Worker Scheduler'";
    // Debian's build, the Apache edition, comes up with no second one.
    const community = await lab.isCommunity();
    // It is a minute otherwise, and the proof is over.
    if (community) await lab.sql("ALTER SYSTEM SET timescaledb.bgw_scheduler_restart_time = '1s'");
    await lab.restartServer();
    const crashed = lab.sql("COPY (SELECT pg_backend_pid()) TO PROGRAM 'xargs kill -KILL'");
    await expect(crashed).rejects.toThrow("server closed the connection unexpectedly");
    await until("server", async () => (await lab.source.run(["pg_isready", "--quiet"])).code === 0);
    if (community) await until("second scheduler", async () => (await lab.sql(schedulers)) === "2");

    const run = lab.newRun();
    expect(await lab.step("fence-source", run)).toEqual(succeeded);
    if (community) await until("scheduler that came again", async () => (await lab.sql(schedulers)) === "1");
    expect(await lab.step("prove-quiet-source", run)).toEqual(succeeded);
    if (community) expect(await lab.sql(schedulers)).toBe("1");
    expect(await lab.step("reopen-source", run)).toMatchObject({ wasFenced: true });
    await lab.sql("ALTER SYSTEM RESET timescaledb.bgw_scheduler_restart_time");
    await lab.restartServer();
  });

  test("is left by a job that calls itself the scheduler, and is no job any more", async () => {
    if (!(await lab.isCommunity())) return;
    const imposter =
      "FROM pg_stat_activity WHERE backend_type = 'TimescaleDB Background Worker Scheduler' AND usename = 'tracker'";
    // From 2.19 on a job's owner names it.
    await lab.sql(`
      CREATE PROCEDURE imposter(job_id integer, config jsonb) LANGUAGE plpgsql AS $$
      BEGIN PERFORM public.delete_job(job_id); COMMIT; PERFORM pg_sleep(3600); END $$;
      SET ROLE tracker;
      SELECT add_job('imposter', '1 day', initial_start => now() + interval '1 s') AS id \\gset
      RESET ROLE;
      UPDATE _timescaledb_config.bgw_job SET application_name = 'TimescaleDB Background Worker Scheduler' WHERE id = :id`);
    await until(
      "imposter",
      async () => (await lab.sql(`SELECT count(*) ${imposter} AND query LIKE 'CALL%'`)) === "1",
    );
    const run = lab.newRun();
    expect(await lab.step("fence-source", run, { InFlight: "end" })).toEqual(succeeded);
    expect(await lab.sql(`SELECT count(*) ${imposter}`)).toBe("0");
    expect(await lab.step("reopen-source", run)).toMatchObject({ wasFenced: true });
    await lab.sql("DROP PROCEDURE imposter");
  });

  test("is not proved quiet by a server that crashed, whose counters are gone", async () => {
    const run = lab.newRun();
    await lab.step("fence-source", run);
    await lab.step("prove-quiet-source", run);
    await lab.restartServer("immediate");
    expect(await lab.step("prove-quiet-source", run)).toMatchObject({ code: "statistics-reset" });
    await lab.step("reopen-source", run);
  });

  test("is opened by a step that waits for a server which is down when it begins", async () => {
    const run = lab.newRun();
    await lab.step("fence-source", run);
    const restarted = lab.restartServer("immediate", "sleep 4");
    await sleep(1500);
    expect(await lab.step("reopen-source", run)).toMatchObject({ status: "succeeded", wasFenced: true });
    await restarted;
  });

  test("stays fenced where a standby takes over from a primary that is lost, and is opened there as the remedy says", async () => {
    const standby = await Standby.of(lab);
    const run = lab.newRun();
    expect(await lab.step("fence-source", run)).toEqual(succeeded);
    await standby.takeOver();
    for (const role of ["tracker", "ingest_app", "report_app"])
      expect(await lab.refusal(role)).toContain("too many connections");
    const stopped = await lab.step("prove-quiet-source", run);
    expect(stopped).toMatchObject({ code: "primary-moved", message: said("on timeline 2") });

    await lab.sql(String(stopped.remedy).replace(/^.*By hand there: /s, ""));
    expect(await lab.state()).toBe(before);
    expect(await lab.refusal()).toBe("");
    expect(await lab.step("reopen-source", run)).toMatchObject(notFenced);

    await standby.giveBack();
    expect(await lab.refusal()).toContain("too many connections");
    expect(await lab.step("reopen-source", run)).toMatchObject({ wasFenced: true });
    expect(await lab.state()).toBe(before);
  });

  test("stops a run whose primary became a standby, or another server was promoted", async () => {
    const run = lab.newRun();
    await lab.step("fence-source", run);
    await lab.restartServer("fast", "touch standby.signal");
    expect(await lab.step("prove-quiet-source", run)).toMatchObject({
      code: "primary-moved",
      message: like(/system \d+ on timeline 1, and this server is a standby\. The run stops/),
      remedy: like(/Reopen at the new primary: .*ALTER DATABASE tracker CONNECTION LIMIT 80; /),
    });
    for (const step of ["fence-source", "reopen-source"])
      expect(await lab.step(step, run)).toMatchObject({ code: "source-is-standby" });

    await lab.sql("SELECT pg_promote()");
    expect(await lab.step("prove-quiet-source", run)).toMatchObject({
      code: "primary-moved",
      message: like(/on timeline 1, and this server is system \d+ on timeline 2\./),
    });
    expect(await lab.refusal()).toContain("too many connections");
    expect(await lab.step("reopen-source", run)).toMatchObject({ wasFenced: true });
    expect(await lab.state()).toBe(before);
    expect(await lab.refusal()).toBe("");
  });
});
