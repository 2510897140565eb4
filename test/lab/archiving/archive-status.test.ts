import { setTimeout as sleep } from "node:timers/promises";
import { s3Address } from "../../../lib/lab/network";
import type { ArchiveStatus, RepositoryStatus } from "../../../lib/operator/archive-status";
import { secondsAlone } from "../../harness/unhurried";
import { type Published, publish } from "../boot/published-metrics";
import { describeLab } from "../describe-lab";
import { until } from "../on-host";
import { archiveFaults } from "./archive-faults";
import { ArchivingLab } from "./archiving-lab";

const like = (pattern: RegExp) => expect.stringMatching(pattern) as string;

/*
 * The story of one archive. Its timer stands still: the tests start the timer's service themselves.
 */
describeLab("The target's archive status", () => {
  let lab: ArchivingLab;

  beforeAll(async () => {
    lab = await ArchivingLab.start();
    await lab.bash("systemctl stop timescale-cutover-archive-status.timer");
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("asks no repository while archiving is off, and rings no alarm", async () => {
    expect(await status()).toMatchObject({ archiving: "off", repositories: [], dropped: { count: 0 } });
    expect(await published()).toEqual({
      ...{ ArchiveQueuePercent: 0, DroppedSegmentsSinceFullBackup: 0 },
      ...{ "RepositorySilent/3": 0, "MissingSegments/3": 0, "BackupAgeSeconds/3": 0 },
      ...{ "RepositorySilent/2": 0, "MissingSegments/2": 0, "BackupAgeSeconds/2": 0 },
    });
  });

  test("tells what each repository holds of this cluster", async () => {
    for (const step of ["prepare-stanza", "start-archiving", "full-backup"])
      expect(await lab.step(step)).toEqual(expect.objectContaining({ status: "succeeded" }));
    const { archiving, queue, dropped, repositories } = await status();
    expect({ archiving, queue, dropped }).toEqual({
      archiving: "on",
      queue: { bytes: expect.any(Number) as number, max: 4 * 1024 ** 3, percent: 0 },
      dropped: { count: 0, first: [], lastAt: null, logged: true },
    });
    expect(repositories).toMatchObject(
      [3, 2].map((key) => ({
        ...{ key, answers: true, ofThisCluster: true, droppedSinceFull: 0 },
        newestFull: { label: like(/^\d{8}-\d{6}F$/), type: "full" },
        missing: { count: 0, first: [] },
      })),
    );
    // The repository host tells its free room by the forced command; S3 has no end.
    expect(repositories.map(({ freeBytes }) => freeBytes)).toEqual([expect.any(Number), null]);
    expect(await published()).toMatchObject({ "RepositorySilent/3": 0, "MissingSegments/2": 0 });
  });

  test("names a segment that is gone from one repository, of which pgBackRest's check says nothing", async () => {
    const segment = await archived();
    await archived();
    await lab.bash(`find /var/pg_backrest_data/repo3/archive -name '${segment}-*' -delete`, "repository");
    await lab.pgbackrest("check");
    const [ssh, s3] = (await status()).repositories;
    expect(ssh?.missing).toEqual({ count: 1, first: [segment] });
    expect(s3?.missing).toEqual({ count: 0, first: [] });
    expect(await published()).toMatchObject({ "MissingSegments/3": 1, "MissingSegments/2": 0 });
  });

  test("names an S3 that says nothing at all within a minute, and tells what the SSH repository holds", async () => {
    const { network } = lab.rehearsal.lab;
    network.swallow("target", s3Address);
    const began = Date.now();
    const [ssh, s3] = (await status()).repositories;
    const seconds = secondsAlone((Date.now() - began) / 1000);
    const values = await published();
    network.letThrough("target", s3Address);
    expect(ssh).toMatchObject({ key: 3, answers: true, missing: { count: 1 } });
    expect(s3).toMatchObject({ key: 2, answers: false, newestBackup: null, message: like(/\S/) });
    expect(seconds).toBeLessThan(60);
    expect(values).toMatchObject({ "RepositorySilent/3": 0, "RepositorySilent/2": 1 });
    expect(values).not.toHaveProperty("BackupAgeSeconds/2");
  });

  test("shows what waits while the repository host is down, and that it catches up", async () => {
    await setRepositoryHost("stop");
    await switchSegments(3);
    await until("failure", async () => (await status()).server?.failing === true);
    const { queue, dropped, repositories } = await status();
    expect(queue?.bytes).toBeGreaterThanOrEqual(3 * 16 * 1024 ** 2);
    expect(dropped.count).toBe(0);
    expect(repositories[0]).toMatchObject({ answers: false, message: like(/Connection refused/) });
    await setRepositoryHost("start");
    await until("end of the queue", async () => (await status()).queue?.bytes === 0);
    expect((await status()).server?.failing).toBe(false);
  });

  test.each(archiveFaults)("tells of $what, and that it catches up", async (fault) => {
    await lab.bash(fault.plant, fault.host);
    const segment = await lab.sql("SELECT pg_walfile_name(pg_current_wal_insert_lsn())");
    await switchSegments(1);
    await until("failure", async () => (await status()).server?.failing === true);
    const { queue, dropped, repositories } = await status();
    const copies = await lab.copiesOf(segment);
    const log = await lab.bash("cat /var/log/pgbackrest/tracker-ts-archive-push-async.log");
    await lab.bash(fault.mend, fault.host);
    expect(queue?.bytes).toBeGreaterThan(0);
    expect(dropped.count).toBe(0);
    expect(repositories).toMatchObject([fault.repo3, { answers: true }]);
    if (fault.logged) expect(log).toMatch(fault.logged);
    expect(copies).toEqual({ repo3: 0, repo2: fault.reachesS3 ? 1 : 0 });
    await switchSegments(1);
    await until("end of the queue", async () => (await status()).queue?.bytes === 0);
    const { server, repositories: mended } = await status();
    expect(server?.failing).toBe(false);
    expect(mended).toMatchObject([{ answers: true }, { missing: { count: 0 } }]);
    expect(await lab.copiesOf(segment)).toEqual({ repo3: 1, repo2: 1 });
  });

  test("notices WAL that is dropped beyond the queue's limit, names it, and is content after a full backup", async () => {
    await lab.bash(
      "sed -i 's/^archive-push-queue-max=.*/archive-push-queue-max=32MiB/' /etc/pgbackrest.conf",
    );
    await setRepositoryHost("stop");
    await switchSegments(5);
    await until("drop", async () => (await status()).dropped.count >= 5);
    // As PostgreSQL sees it, all is well again.
    await until("end of the queue", async () => (await status()).queue?.bytes === 0);
    const { server, dropped } = await status();
    expect(server?.failing).toBe(false);
    expect(await published()).toMatchObject({ DroppedSegmentsSinceFullBackup: dropped.count });
    await setRepositoryHost("start");
    expect((await repository(3)).missing?.first).toEqual(expect.arrayContaining([dropped.first[1]]));

    expect(await lab.step("full-backup")).toMatchObject({ status: "succeeded" });
    const mended = await status();
    expect(mended.dropped.count).toBe(dropped.count);
    expect(mended.repositories).toMatchObject([
      { droppedSinceFull: 0, missing: { count: 0 } },
      { droppedSinceFull: 0, missing: { count: 0 } },
    ]);
    expect(await published()).toMatchObject({ DroppedSegmentsSinceFullBackup: 0, "MissingSegments/3": 0 });
  });

  async function status(): Promise<ArchiveStatus> {
    const result = await lab.step("archive-status-host");
    expect(result).toMatchObject({ status: "succeeded" });
    return result["archive"] as ArchiveStatus;
  }

  async function repository(key: number): Promise<RepositoryStatus> {
    const found = (await status()).repositories.find((one) => one.key === key);
    if (found === undefined) throw new Error(`The status has no repository ${key}.`);
    return found;
  }

  const published = (): Promise<Published> =>
    publish(lab.rehearsal.lab.hosts.target, "timescale-cutover-archive-status").then((values) =>
      Object.fromEntries(Object.entries(values).filter(([name]) => ofArchive.test(name))),
    );

  async function switchSegments(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1)
      await lab.sql("SELECT pg_logical_emit_message(true, 'test', 'anything'); SELECT pg_switch_wal()");
  }

  /** A segment of now, when it is in each repository. */
  async function archived(): Promise<string> {
    const segment = await lab.sql("SELECT pg_walfile_name(pg_current_wal_insert_lsn())");
    await switchSegments(1);
    await until("segment", async () => {
      await sleep(500);
      const { repo3, repo2 } = await lab.copiesOf(segment);
      return repo3 + repo2 === 2;
    });
    return segment;
  }

  const setRepositoryHost = (state: "start" | "stop") =>
    lab.bash(`systemctl ${state} ssh.service${state === "stop" ? " ssh.socket" : ""}`, "repository");
});

/** What else the host publishes goes on by its own timer. */
const ofArchive = /^(ArchiveQueue|Dropped|Repository(?!Free)|Missing|BackupAge)/;
