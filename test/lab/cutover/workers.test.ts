import { putSecret } from "../../../lib/lab/rehearsal/aws-contents";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { seedSample } from "../../../lib/lab/seed/seed";
import { describeLab } from "../describe-lab";
import { bash, sql } from "../on-host";
import { runStep, type StepResult, succeeded } from "./run-step";
import { startRehearsalLab } from "../start-rehearsal-lab";

const said = (text: string) => expect.stringContaining(text) as string;
const state = "/var/lib/timescale-cutover";
const kept = "/var/lib/postgresql/timescale-cutover";
const run = "r20261206-020000-work";
const another = "r20261206-020000-next";

describeLab("The target of a cutover", () => {
  let lab: RehearsalLab;
  let community: boolean;
  let settingsBefore: string;

  const step = (name: string, RunId = run, parameters: Record<string, string> = {}): Promise<StepResult> =>
    runStep(lab, "target", name, { RunId, ...parameters });
  const query = (statements: string) => sql(lab.lab.hosts.target, "tracker", statements);
  const onTarget = (script: string) => bash(lab.lab.hosts.target, script);
  const limit = () => query("SELECT datconnlimit FROM pg_database WHERE datname = current_database()");
  const scheduled = () =>
    query("SELECT count(*) FROM timescaledb_information.jobs WHERE scheduled AND job_id >= 1000");
  const settings = () =>
    query("SELECT setdatabase, setrole, setconfig FROM pg_db_role_setting ORDER BY 1, 2");
  const madeBy = async (id: string, phase: string) => {
    const oid = await query("SELECT oid FROM pg_database WHERE datname = current_database()");
    await onTarget(`install -d -m 0711 ${kept}; echo '${id} ${oid} ${phase}' >${kept}/target-database`);
  };
  /** What inspect-source found, as inspect-target brings it to the target. */
  const found = (id: string, jobsFailing: number[] = []) => {
    const inspection = JSON.stringify({ versions: { timescaledb: lab.lab.timescaledb }, jobsFailing });
    return onTarget(
      `install -d -m 0700 ${state}/${id}; echo '${inspection}' >${state}/${id}/inspect-source.json`,
    );
  };
  const pointSecretAt = ({ host, port }: { host: string; port: number }) =>
    putSecret(
      lab.aws,
      lab.environment.application.secretName,
      JSON.stringify({ host, port, dbname: "tracker", username: "tracker", password: "x" }),
    );
  const places = () => ({
    source: { host: lab.environment.application.sourceHost, port: lab.environment.application.sourcePort },
    target: { host: lab.lab.hosts.target.address, port: lab.environment.target.port },
  });

  beforeAll(async () => {
    lab = await startRehearsalLab({
      started: ["target"],
    });
    await lab.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
    // In place of a restore, which brings limit, marker and jobs along as the fenced source has them.
    await seedSample(lab.lab.hosts.target, { database: "tracker", sizeMb: 25 });
    community = (await query("SHOW timescaledb.license")) === "timescale";
    settingsBefore = await settings();
    for (const id of [run, another]) await found(id);
    await pointSecretAt(places().source);
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("is opened by nothing but the run that restored it from a fenced source", async () => {
    expect(await step("activate")).toMatchObject({ code: "target-not-restored", message: said("run none") });
    await madeBy(another, "restored");
    expect(await step("activate")).toMatchObject({ code: "target-not-restored", message: said(another) });
    await madeBy(run, "restoring");
    expect(await step("activate")).toMatchObject({ code: "target-not-restored", message: said("restoring") });
    await madeBy(run, "restored");
    expect(await step("activate")).toMatchObject({ code: "target-not-closed" });
  });

  test("keeps its workers stopped while it is closed", async () => {
    expect(await step("fence-target")).toMatchObject({ status: "succeeded", connectionLimit: 80 });
    expect(await step("start-workers")).toMatchObject({ code: "target-closed", message: said(run) });
    expect(await scheduled()).toBe("0");
  });

  test("is not opened with settings under which a crash loses rows, and they are named", async () => {
    await sql(lab.lab.hosts.target, "postgres", "ALTER SYSTEM SET fsync = off");
    await sql(lab.lab.hosts.target, "postgres", "ALTER SYSTEM SET synchronous_commit = off");
    await sql(lab.lab.hosts.target, "postgres", "SELECT pg_reload_conf(), pg_sleep(0.5)");
    expect(await step("activate")).toMatchObject({
      code: "target-settings",
      message: said("fsync = off, synchronous_commit = off"),
    });
    expect(await limit()).toBe("0");
    await sql(lab.lab.hosts.target, "postgres", "ALTER SYSTEM RESET ALL");
    await sql(lab.lab.hosts.target, "postgres", "SELECT pg_reload_conf(), pg_sleep(0.5)");
  });

  test("opens with its jobs off the schedule, and twice is harmless", async () => {
    for (const time of ["once", "twice"]) {
      expect({ time, ...(await step("activate")) }).toMatchObject({ time, connectionLimit: 80 });
      expect(await limit()).toBe("80");
      expect(await scheduled()).toBe("0");
      expect(await settings()).toContain('\\"phase\\": \\"open\\"');
    }
  });

  test("is neither closed nor replaced while the application's secret names it, or names what nobody knows", async () => {
    for (const [place, named] of [
      [places().target, "the truth is target"],
      [{ host: "192.0.2.1", port: 5432 }, "the truth is unknown"],
    ] as const) {
      await pointSecretAt(place);
      expect(await step("close-target", another)).toMatchObject({
        code: "target-in-use",
        message: said(named),
      });
    }
    await pointSecretAt(places().target);
    const dump = `${lab.environment.target.dumpDirectory}/${another}/database`;
    await onTarget(`install -d ${dump}; echo x >${dump}/toc.dat`);
    for (const Replace of ["", "tracker"])
      expect(await step("prepare-database", another, { Replace })).toMatchObject({ code: "target-in-use" });
    expect(await limit()).toBe("80");
  });

  test("has its jobs on the schedule again, each due when it was, and then no trace of the fence", async () => {
    const due = `
      SELECT job_id, next_start, timezone FROM timescaledb_information.jobs JOIN _timescaledb_config.bgw_job ON id = job_id
      WHERE job_id >= 1000 ORDER BY 1`;
    // One is due, and one in a month, whatever else the sample has.
    if (community) {
      await query(`
        CREATE PROCEDURE public.act(job_id integer, config jsonb) LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.acted SELECT $1; END $$;
        CREATE TABLE public.acted (job integer);
        SELECT alter_job(add_job('public.act', '1 month'), scheduled => FALSE, next_start => now() + interval '20 days', timezone => 'Asia/Kathmandu')`);
    }
    const before = await query(due);
    expect(await step("start-workers")).toMatchObject({
      status: "succeeded",
      jobsFailingAsOnSource: 0,
      jobsNotRun: 0,
    });
    if (community) {
      expect(await scheduled()).toBe("12");
      expect(await query(`${due} DESC LIMIT 1`)).toBe(before.split("\n").at(-1));
      expect(
        await query("SELECT timezone FROM _timescaledb_config.bgw_job WHERE timezone IS NOT NULL ORDER BY 1"),
      ).toBe("Asia/Kathmandu\nEurope/London");
      expect(await query("SELECT count(*) FROM public.acted")).toBe("0");
    }
    expect(await settings()).toBe(settingsBefore);
    expect(await step("start-workers")).toEqual(succeeded);
  });

  test("runs of the application's own jobs in a rehearsal those that are named", async () => {
    if (!community) return;
    const act = await query("SELECT job_id FROM timescaledb_information.jobs WHERE proc_name = 'act'");
    const actsAfter = async (RunId: string, parameters: Record<string, string>) => {
      await found(RunId);
      await query(`SELECT alter_job(${act}, scheduled => TRUE, next_start => now() + interval '20 days')`);
      const result = await step("start-workers", RunId, parameters);
      return [result, await query("SELECT count(*) FROM public.acted")] as const;
    };
    const [held, none] = await actsAfter("r20261206-020000-held", {});
    expect(held).toMatchObject({ status: "succeeded", jobsNotRun: expect.any(Number) as number });
    expect(held["jobsNotRun"]).toBeGreaterThan(0);
    expect(none).toBe("0");
    const [ran, one] = await actsAfter("r20261206-020000-runs", { RunJobs: act });
    expect(ran).toEqual(succeeded);
    expect(one).toBe("1");
  });

  test("is told by name of a job that fails there and did not on the source", async () => {
    if (!community) return;
    await query(`
      CREATE PROCEDURE failing(job_id integer, config jsonb) LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
      SELECT add_job('failing', '1 day')`);
    const id = Number(await query("SELECT max(job_id) FROM timescaledb_information.jobs"));
    expect(await step("start-workers")).toMatchObject({
      code: "job-failed",
      message: said(`job ${id} (User-Defined Action [${id}])`),
    });
    await found(run, [id]);
    expect(await step("start-workers")).toMatchObject({ status: "succeeded", jobsFailingAsOnSource: 1 });
  });

  test("is closed again where the secret names the source, and its sessions end", async () => {
    await pointSecretAt(places().source);
    expect(await step("close-target", another)).toMatchObject({ closed: true });
    expect(await limit()).toBe("0");
    expect(await onTarget(`cut -d' ' -f1,3 ${kept}/target-database`)).toBe(`${run} closed`);
    expect(await step("close-target", another)).toMatchObject({ closed: true });
  });

  test("is replaced only by its name once the application was switched to it, and not all was taken back", async () => {
    const [, oid = ""] = (await onTarget(`cat ${kept}/target-database`)).split(" ");
    const marks = [
      [run, "switched", "switched the application to it"],
      ["r20261206-050000-back", "saved", "did not take all that was written there to the source"],
    ] as const;
    for (const [marked, phase, why] of marks) {
      await onTarget(`echo '${marked} ${oid} ${phase}' >${kept}/target-database`);
      const refused = await step("prepare-database", another, { Replace: "" });
      expect(refused).toMatchObject({ code: "target-database-exists", message: said(why) });
      expect(refused.remedy).toContain("--replace tracker");
      expect(await step("close-target", another)).toMatchObject({ closed: true });
      expect(await onTarget(`cut -d' ' -f1,3 ${kept}/target-database`)).toBe(`${marked} ${phase}`);
    }
  });

  test("whose mark is damaged is neither closed nor replaced, and the step says so", async () => {
    const mark = await onTarget(`cat ${kept}/target-database`);
    await onTarget(`printf 'r2026' >${kept}/target-database`);
    for (const name of ["prepare-database", "close-target"])
      expect(await step(name, another)).toMatchObject({ code: "marker-damaged", message: said("'r2026'") });
    await onTarget(`echo '${mark}' >${kept}/target-database`);
  });

  test("is left alone where no run made it", async () => {
    await query("ALTER DATABASE tracker CONNECTION LIMIT 7");
    await onTarget(`rm ${kept}/target-database`);
    expect(await step("close-target")).toMatchObject({ closed: false });
    expect(await limit()).toBe("7");
  });
});
