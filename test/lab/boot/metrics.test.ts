import { hostMetricNames, repos, repositoryMetricNames } from "../../../lib/host/watching/metric-names";
import type { Lab } from "../../../lib/lab/lab";
import { secondsAlone } from "../../harness/unhurried";
import { describeLab } from "../describe-lab";
import { bash, sql, until } from "../on-host";
import { startLab } from "../start-lab";
import { type Published, publish, publishedNames, publishedSince } from "./published-metrics";

const timer = "timescale-cutover-metrics.timer";

/*
 * The story of one target, from its first boot to the time after the cutover. After the first test its timer stands still,
 * so that no run of its own comes between: the tests start the timer's service themselves.
 */
describeLab("The target's metrics", () => {
  let lab: Lab;
  let cluster: string;
  const began = new Date();

  beforeAll(async () => {
    lab = await startLab({ started: ["target"] });
    cluster = `postgresql@${lab.postgresql.major}-main`;
  });

  afterAll(async () => {
    await lab?.stop();
  });

  /** Each of these runs several commands on a host that has little to run them with. */
  function tell(what: string, test: () => Promise<void>): void {
    it(what, test);
  }

  tell(
    "are published by their timers, all of them, with the environment and a repository as their only dimensions",
    async () => {
      const runs = async () => (await publishedSince(lab.hosts.target, began))["MetricsUnread"] ?? [];
      // The boot asks for one run at once; the others are the timer's.
      await until("second run", async () => (await runs()).length >= 2);
      expect(await onTarget(`systemctl show --property=LastTriggerUSec --value ${timer}`)).toMatch(/UTC/);
      await onTarget(`systemctl stop ${timer}`);
      // The free room of a repository host that does not know the target is not known.
      const ofRepositories = repositoryMetricNames.filter((name) => name !== "RepositoryFreeBytes");
      const names = [
        ...hostMetricNames.map((name) => `${name}{Environment=prod}`),
        ...ofRepositories.flatMap((name) => repos.map((repo) => `${name}{Environment=prod,Repo=${repo}}`)),
      ];
      expect(await publishedNames(lab.hosts.target)).toEqual(names.sort());
    },
  );

  tell("say before the cutover that all is well: there is no archiving yet", async () => {
    const values = await published();
    const { DataVolumeFreeBytes: bytes = NaN, DataVolumeFreePercent: percent, ...others } = values;
    expect(others).toEqual({
      PostgreSQLUp: 1,
      ArchivingOn: 0,
      ArchiveFailing: 0,
      ReadySegments: 0,
      ArchiveSilentSeconds: 0,
      ConnectionsPercent: 0,
      JobFailures: 0,
      MetricsUnread: 0,
    });
    const available = Number(await onTarget("df --output=avail -B1 /var/lib/postgresql | tail -n 1"));
    expect(Math.abs(bytes - available)).toBeLessThan(50e6);
    expect(percent).toBeGreaterThan(80);
    expect(percent).toBeLessThan(100);
  });

  tell("are read with a few SELECTs, in sessions that can only read and do not stay", async () => {
    const log = `/var/log/postgresql/postgresql-${lab.postgresql.major}-main.log`;
    const before = Number(await onTarget(`wc -l <${log}`));
    await onServer("ALTER SYSTEM SET log_statement = 'all'; SELECT pg_reload_conf()");
    await published();
    await onServer("ALTER SYSTEM RESET log_statement; SELECT pg_reload_conf()");
    const ours = await onTarget(`tail -n +${before + 1} ${log} | grep ' timescale-cutover-metrics '`);
    const statements = ours.split("\n").map((line) => line.replace(/^.*LOG: +statement: (\w+) .*$/, "$1"));
    // Of the server, of its databases, and of the one that there is whether it has TimescaleDB.
    expect(statements).toEqual(["WITH", "SELECT", "SELECT"]);
    expect(
      await onServer("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '%metrics'"),
    ).toBe("0");
  });

  tell("count a job of TimescaleDB that fails, and not those that are the extension's own", async () => {
    await onServer('CREATE DATABASE "an = odd name"; CREATE DATABASE tracker');
    await onServer("CREATE EXTENSION timescaledb", "tracker");
    await until("run of the extension's own job", async () => (await lastRun(3)) !== "");
    expect((await published())["JobFailures"]).toBe(0);
    // As add_job writes it, which the Apache edition does not have. It has the scheduler, which fails at any job.
    await onServer(
      `CREATE PROCEDURE always_fails(int, jsonb) LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
       INSERT INTO _timescaledb_config.bgw_job (id, application_name, schedule_interval, max_runtime, max_retries,
         retry_period, proc_schema, proc_name, owner, scheduled, fixed_schedule)
       VALUES (1000, 'Always fails [1000]', '1 h', '0', -1, '1 h', 'public', 'always_fails', 'postgres', true, false);
       SELECT _timescaledb_functions.restart_background_workers()`,
      "tracker",
    );
    await until("failed job", async () => (await lastRun(1000)) === "Failed");
    expect((await published())["JobFailures"]).toBe(1);
    await onServer("UPDATE _timescaledb_config.bgw_job SET scheduled = false WHERE id = 1000", "tracker");
    expect((await published())["JobFailures"]).toBe(0);
  });

  tell("say that the server is stopped, and go on with the data volume", async () => {
    const values = await publishedWhileStopped();
    expect(values).toMatchObject({
      PostgreSQLUp: 0,
      MetricsUnread: 0,
      DataVolumeFreePercent: expect.any(Number),
    });
    expect(values).not.toHaveProperty("ConnectionsPercent");
    expect(values).not.toHaveProperty("JobFailures");
  });

  tell("say that the server hangs, in time for the next minute", async () => {
    const postmaster = await onTarget(`systemctl show --property=MainPID --value ${cluster}`);
    await onTarget(`kill -STOP ${postmaster}`);
    const { values, seconds } = await timed(published);
    await onTarget(`kill -CONT ${postmaster}`);
    expect(values).toMatchObject({ PostgreSQLUp: 0, MetricsUnread: 0 });
    expect(seconds).toBeLessThan(30);
  });

  tell("count connections that are used up: by users, and to the last one", async () => {
    await onServer("ALTER SYSTEM SET max_connections = 20; ALTER SYSTEM SET max_wal_senders = 0");
    await restartServer();
    // 17 are what is left of 20 beside those that PostgreSQL reserves for superusers.
    const used = await publishedWithSessions(17);
    const full = await publishedWithSessions(20);
    await onServer("ALTER SYSTEM RESET max_connections; ALTER SYSTEM RESET max_wal_senders");
    await restartServer();
    expect(used).toMatchObject({ PostgreSQLUp: 1, ConnectionsPercent: 100, JobFailures: 0 });
    expect(full).toMatchObject({ PostgreSQLUp: 1, ConnectionsPercent: 100, MetricsUnread: 0 });
    expect(full).not.toHaveProperty("JobFailures");
  });

  tell("do not take the root disk for a data volume that is not mounted", async () => {
    await onTarget("systemctl stop var-lib-postgresql.mount");
    const values = await published();
    await onTarget(`systemctl start ${cluster}`);
    expect(values).toMatchObject({ PostgreSQLUp: 0, MetricsUnread: 1 });
    expect(values).not.toHaveProperty("DataVolumeFreePercent");
    expect(values).not.toHaveProperty("DataVolumeFreeBytes");
  });

  tell("say once archiving is on that it fails", async () => {
    await onServer("ALTER SYSTEM SET archive_mode = on; ALTER SYSTEM SET archive_command = '/bin/false'");
    await restartServer();
    await onServer("SELECT pg_logical_emit_message(true, 'test', 'anything'); SELECT pg_switch_wal()");
    const failed = "SELECT failed_count > 0 FROM pg_stat_archiver";
    await until("failure", async () => (await onServer(failed)) === "t");
    const values = await published();
    expect(values).toMatchObject({ ArchivingOn: 1, ArchiveFailing: 1, MetricsUnread: 0 });
    expect(values["ReadySegments"]).toBeGreaterThanOrEqual(1);
    await onTarget("sleep 2");
    expect((await published())["ArchiveSilentSeconds"]).toBeGreaterThan(
      values["ArchiveSilentSeconds"] ?? NaN,
    );
  });

  tell("are published again after a reboot, by the timer", async () => {
    await lab.hosts.target.reboot();
    const up = new Date();
    const arrived = async () => (await publishedSince(lab.hosts.target, up))["PostgreSQLUp"]?.[0];
    await until("value", async () => (await arrived()) === 1);
    expect(await onTarget(`systemctl is-enabled ${timer}; systemctl is-active ${timer}`)).toBe(
      "enabled\nactive",
    );
  });

  const onTarget = (script: string) => bash(lab.hosts.target, script);
  const onServer = (statements: string, database = "postgres") => sql(lab.hosts.target, database, statements);
  const published = () => publish(lab.hosts.target);
  const restartServer = () => onTarget(`systemctl restart ${cluster}`);
  const lastRun = (job: number) =>
    onServer(
      `SELECT last_run_status FROM timescaledb_information.job_stats WHERE job_id = ${job} AND last_run_status IS NOT NULL`,
      "tracker",
    );

  async function publishedWhileStopped(): Promise<Published> {
    await onTarget(`systemctl stop ${cluster}`);
    const values = await published();
    await onTarget(`systemctl start ${cluster}`);
    return values;
  }

  async function publishedWithSessions(count: number): Promise<Published> {
    const sessions = `for i in $(seq ${count}); do psql -Xqc "SELECT pg_sleep(120)" & done; wait`;
    await onTarget(`systemd-run --quiet --collect --unit=sessions --uid=postgres bash -c '${sessions}'`);
    // Without asking the server, which may be full: each session is a process of it.
    const open = async () => Number(await onTarget(`pgrep --count --full '^postgres: .* SELECT$' || :`));
    await until(`${count} sessions`, async () => (await open()) >= count);
    const values = await published();
    await onTarget("systemctl stop sessions; pkill --full '^postgres: .* SELECT$' || :");
    await until("end of the sessions", async () => (await open()) === 0);
    return values;
  }
});

async function timed(run: () => Promise<Published>): Promise<{ values: Published; seconds: number }> {
  const started = Date.now();
  return { values: await run(), seconds: secondsAlone((Date.now() - started) / 1000) };
}
