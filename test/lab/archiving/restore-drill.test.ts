import { digestOf } from "../../sql/fingerprint-of";
import { describeLab } from "../describe-lab";
import { until } from "../on-host";
import { isCommunity } from "../rehearsal/rehearsed";
import { ArchivingLab } from "./archiving-lab";

const containing = (text: string) => expect.stringContaining(text) as string;
const repositories = [3, 2] as const;

describeLab("A restore drill", () => {
  let lab: ArchivingLab;
  let between = "";

  const drills = () =>
    lab.bash("find /var/lib/postgresql -mindepth 2 -maxdepth 2 -path '*/drill/*' -printf '%f\\n'");
  const drill = (repository: number, parameters: Record<string, string> = {}) =>
    lab.step("restore-drill-host", { Repo: String(repository), ...parameters });
  /** Rows and digest of a relation in the drill's fingerprint; and of what the live database gives. */
  const drilled = (run: unknown, repository: number, name: string) =>
    lab.bash(
      `grep -P '^${name}\\t' /var/lib/timescale-cutover/${String(run)}/restore-drill-repo${repository}/relations`,
    );
  const live = async (name: string, query = name) => {
    const rows = (await lab.sql(`COPY ${query} TO STDOUT`, "tracker")).split("\n");
    return `${name}\t${rows.length}\t${digestOf(rows)}`;
  };

  beforeAll(async () => {
    lab = await ArchivingLab.start();
    await lab.archiveSample();
    await lab.sql("INSERT INTO public.written SELECT generate_series(1, 70)", "tracker");
    between = await lab.now();
    await lab.sql("INSERT INTO public.written SELECT generate_series(71, 100)", "tracker");
    // Its last segment proves that those before it are there.
    expect(await lab.step("start-archiving")).toMatchObject({ status: "succeeded" });
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test.each(repositories)(
    "from repo%i to a time between two writes gives exactly the rows up to it, and hypertables as they are",
    async (repository) => {
      const result = await drill(repository, { Time: between });
      expect(result).toMatchObject({
        status: "succeeded",
        repository,
        backup: expect.stringMatching(/F$/) as string,
      });
      expect(String(result["recoveryPoint"]) < between).toBe(true);
      expect(await drilled(result["run"], repository, "public.written")).toBe(
        await live("public.written", "(SELECT * FROM public.written WHERE id <= 70)"),
      );
      const chunks = await lab.sql(
        "SELECT format('%I.%I', chunk_schema, chunk_name) FROM timescaledb_information.chunks WHERE NOT is_compressed ORDER BY 1 LIMIT 5",
        "tracker",
      );
      for (const chunk of chunks.split("\n")) {
        expect(await drilled(result["run"], repository, chunk)).toBe(await live(chunk));
      }
      expect(result["timescaledb"]).toEqual({ ...(await held()), jobsStarted: 0 });
      expect(await drills()).toBe("");
    },
  );

  /** What TimescaleDB has in the live database. */
  async function held(): Promise<object> {
    const counts = await lab.sql(
      `SELECT json_build_object(
         'hypertables', (SELECT count(*) FROM timescaledb_information.hypertables),
         'chunks', (SELECT count(*) FROM timescaledb_information.chunks),
         'compressedChunks', (SELECT count(*) FROM timescaledb_information.chunks WHERE is_compressed),
         'continuousAggregates', (SELECT count(*) FROM timescaledb_information.continuous_aggregates),
         'jobs', (SELECT count(*) FROM timescaledb_information.jobs WHERE job_id >= 1000))`,
      "tracker",
    );
    const parsed = JSON.parse(counts) as { hypertables: number; compressedChunks: number };
    expect(parsed.hypertables).toBeGreaterThan(3);
    if (await isCommunity(lab.rehearsal)) expect(parsed.compressedChunks).toBeGreaterThan(0);
    return parsed;
  }

  test("to the latest leaves the live server's archiving as it was, and nothing of its own", async () => {
    const failed = "SELECT failed_count FROM pg_stat_archiver";
    const before = await lab.sql(failed);
    const running = drill(3);
    await until("cluster of a drill", async () => (await drills()) !== "");
    const segment = await lab.sql("SELECT pg_walfile_name(pg_current_wal_insert_lsn())");
    await lab.sql("INSERT INTO public.written VALUES (101)", "tracker");
    await lab.sql("SELECT pg_switch_wal()");
    await until("segment in both repositories", async () => {
      const { repo3, repo2 } = await lab.copiesOf(segment);
      return repo3 === 1 && repo2 === 1;
    });
    expect(await running).toMatchObject({ status: "succeeded" });
    expect(await lab.sql(failed)).toBe(before);
    expect(await drills()).toBe("");
    expect(await lab.bash("pgrep -fa '/var/lib/postgresql/[d]rill' || [ $? = 1 ]")).toBe("");
    expect(await lab.bash("systemctl list-units --plain --no-legend 'timescale-cutover-r*'")).toBe("");
  });

  test("is refused with both figures where the volume has no room for it, and changes nothing", async () => {
    const filler = "/var/lib/postgresql/filler";
    await lab.bash(
      `fallocate -l $(($(df --output=avail -B1 /var/lib/postgresql | tail -n 1) - 1288490188)) ${filler}`,
    );
    try {
      const refused = await drill(3);
      expect(refused).toMatchObject({ status: "failed", code: "no-room" });
      expect(refused.message).toMatch(/^The drill needs \d+ MiB; the data volume at \S+ has 12\d\d MiB\.$/);
      expect(await drills()).toBe("");
    } finally {
      await lab.bash(`rm ${filler}`);
    }
  });

  test("is refused for a time that no backup or no segment leads to", async () => {
    expect(await drill(3, { Time: "2026-01-01T00:00:00+01:00" })).toMatchObject({
      code: "time-before-oldest-backup",
      message: containing("2026-01-01T00:00:00+01:00 is not after"),
    });
    expect(await drill(3, { Time: "2999-01-01T00:00:00Z" })).toMatchObject({ code: "time-in-future" });
    expect(await drill(3, { Time: await lab.now() })).toMatchObject({
      code: "time-not-reached",
      message: containing("last completed transaction was at"),
    });
    expect(await drills()).toBe("");
  });

  test("that was killed is removed by the next, which touches no other process and nothing that no drill made", async () => {
    const killed = drill(3);
    const restored = () => lab.bash("shopt -s nullglob; echo /var/lib/postgresql/drill/*/data/base/*");
    await until("restored files", async () => (await restored()) !== "");
    await lab.bash("systemctl kill --signal=KILL 'timescale-cutover-*-restore-drill-repo3.service'");
    expect(await killed).toMatchObject({ status: "failed", code: "killed" });
    const left = await drills();
    expect(left).not.toBe("");
    // What a host that went down leaves: a number that is the live server's by now.
    await lab.bash(`
      cd /var/lib/postgresql/drill
      head -n 1 /var/lib/postgresql/*/main/postmaster.pid >${left}/data/postmaster.pid
      install -d -o postgres r20261121-000000-mine-repo3 && touch r20261121-000000-mine-repo3/kept`);
    const started = await lab.sql("SELECT pg_postmaster_start_time()");
    expect(await drill(3, { Time: between })).toMatchObject({ status: "succeeded" });
    expect(await drills()).toBe("r20261121-000000-mine-repo3");
    expect(await lab.sql("SELECT pg_postmaster_start_time()")).toBe(started);
  });
});
