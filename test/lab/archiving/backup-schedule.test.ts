import { describeLab } from "../describe-lab";
import { ArchivingLab } from "./archiving-lab";

interface Backup {
  label: string;
  type: "full" | "incr";
  database: { "repo-key": number };
}

describeLab("The backups' schedule", () => {
  let lab: ArchivingLab;

  beforeAll(async () => {
    lab = await ArchivingLab.start();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("has a timer for each type, in UTC, that makes up for what was missed", async () => {
    const timer = (type: string) =>
      lab.bash(`systemctl cat timescale-cutover-backup-${type}.timer | grep -E '^(OnCalendar|Persistent)'`);
    expect(await timer("full")).toBe("OnCalendar=Sun 02:00 UTC\nPersistent=true");
    expect(await timer("incremental")).toBe("OnCalendar=Mon..Sat 02:00 UTC\nPersistent=true");
    expect(await lab.bash("systemctl is-active timescale-cutover-backup-{full,incremental}.timer")).toBe(
      "active\nactive",
    );
  });

  test("makes nothing while archiving is off", async () => {
    expect(await lab.step("prepare-stanza")).toMatchObject({ status: "succeeded" });
    expect(await start("full")).toBe("success");
    expect(await said("full")).toContain("No backup: archive_mode is off.");
    expect(await labels(3)).toEqual([]);
  });

  test("backs up into each repository, one after the other", async () => {
    expect(await lab.step("start-archiving")).toEqual(expect.objectContaining({ status: "succeeded" }));
    expect(await start("full")).toBe("success");
    expect(await start("incremental")).toBe("success");
    for (const key of [3, 2]) expect((await backups(key)).map(({ type }) => type)).toEqual(["full", "incr"]);
  });

  test("backs up into the other repository where one fails, and ends as failed", async () => {
    await lab.bash("chmod 0 /var/pg_backrest_data/repo3/backup/tracker-ts", "repository");
    expect(await start("incremental")).toBe("exit-code");
    await lab.bash("chmod 750 /var/pg_backrest_data/repo3/backup/tracker-ts", "repository");
    expect(await said("incremental")).toContain("The backup failed in repo3");
    expect(await labels(2)).toHaveLength(3);
    expect(await labels(3)).toHaveLength(2);
  });

  test("expires as configured in each repository, and never touches the stanza of the old host", async () => {
    const old = () =>
      lab.bash(`cd ${repo3}; find . -path '*/tracker/*' -type f -exec sha256sum {} + | sort`, "repository");
    await makeOldStanza();
    const before = await old();
    expect(before).toContain("archive.info");
    const [first, incremental] = await labels(3);
    const oldest = await walOf();
    expect(await start("full")).toBe("success");
    expect(await start("full")).toBe("success");
    // Of the repository host two full backups are kept, of S3 eight.
    const left = await labels(3);
    expect(left).toHaveLength(2);
    expect(left).not.toEqual(expect.arrayContaining([first]));
    expect(left).not.toEqual(expect.arrayContaining([incremental]));
    expect((await backups(2)).map(({ type }) => type)).toEqual(["full", "incr", "incr", "full", "full"]);
    // WAL that no kept backup needs goes as well.
    expect((await walOf()) > oldest).toBe(true);
    expect(await old()).toBe(before);
  });

  const repo3 = "/var/pg_backrest_data/repo3";

  /** Runs the timer's service to its end, and gives systemd's word for it. */
  const start = (type: string) =>
    lab.bash(
      `systemctl start timescale-cutover-backup-${type}.service || :
       systemctl show --property=Result --value timescale-cutover-backup-${type}.service`,
    );

  const said = (type: string) =>
    lab.bash(`journalctl --output=cat --unit=timescale-cutover-backup-${type}.service`);

  async function backups(key: number): Promise<Backup[]> {
    const [info] = JSON.parse(await lab.pgbackrest("--output=json info")) as [{ backup: Backup[] }];
    return info.backup.filter(({ database }) => database["repo-key"] === key);
  }

  const labels = async (key: number) => (await backups(key)).map(({ label }) => label);

  /** The oldest segment of WAL on the repository host. */
  const walOf = () =>
    lab.bash(
      `find ${repo3}/archive/tracker-ts -name '0*-*' -printf '%f\\n' | sort | sed -n 1p | cut -c 1-24`,
      "repository",
    );

  /** A stanza beside ours, with files of an archive and of a backup that expiring could take. */
  const makeOldStanza = () =>
    lab.bash(
      `for kind in archive backup; do cp -a ${repo3}/$kind/tracker-ts ${repo3}/$kind/tracker; done`,
      "repository",
    );
});
