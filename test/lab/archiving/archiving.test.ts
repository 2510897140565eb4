import { describeLab } from "../describe-lab";
import { ArchivingLab } from "./archiving-lab";

const repository = "/var/pg_backrest_data/repo3";
const like = (pattern: RegExp) => expect.stringMatching(pattern) as string;

describeLab("The target's archiving", () => {
  let lab: ArchivingLab;
  let segment = "";

  const archiving = () =>
    lab.sql(
      "SELECT setting FROM pg_settings WHERE name IN ('archive_mode', 'archive_command', 'archive_timeout') ORDER BY name",
    );

  beforeAll(async () => {
    lab = await ArchivingLab.start();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("refuses a stanza of another cluster, with both system identifiers, and upgrades nothing", async () => {
    await lab.bash(
      `runuser -u postgres -- /usr/lib/postgresql/${lab.rehearsal.lab.postgresql.major}/bin/initdb -D /var/tmp/foreign >/dev/null`,
    );
    await lab.pgbackrest("--pg1-path=/var/tmp/foreign --no-online stanza-create");
    const kept = () => lab.bash(`cat ${repository}/archive/tracker-ts/archive.info`, "repository");
    const before = await kept();
    const ours = await lab.sql("SELECT system_identifier FROM pg_control_system()");
    expect(await lab.step("prepare-stanza")).toMatchObject({
      code: "stanza-foreign",
      message: like(
        new RegExp(
          `^Stanza tracker-ts in repo3 \\(SSH\\) belongs to the cluster \\d{19}, with 0 backups; the target's cluster is ${ours}\\.$`,
        ),
      ),
      remedy: like(/stanza of its own .* Never upgrade it/),
    });
    expect(await kept()).toBe(before);
    // As its owner removes it: the target's key may not.
    await lab.bash(`rm -r ${repository}/archive ${repository}/backup`, "repository");
    await lab.bash(
      `aws s3 rm --recursive --only-show-errors s3://${lab.rehearsal.environment.repository.pgbackrest.repo2.bucket}/`,
    );
  });

  test("has its stanza made in each repository, once", async () => {
    const systemIdentifier = await lab.sql("SELECT system_identifier FROM pg_control_system()");
    expect(await lab.step("prepare-stanza")).toMatchObject({
      ...{ status: "succeeded", stanza: "tracker-ts", systemIdentifier },
      made: "repo3 (SSH) and repo2 (S3)",
    });
    expect(await lab.step("prepare-stanza")).toMatchObject({ status: "succeeded", made: "" });
    expect(await archiving()).toBe("(disabled)\noff\n0");
  });

  test("is turned on with a segment of that moment in each repository, whatever an earlier cluster left in the spool", async () => {
    const next = await lab.sql("SELECT pg_walfile_name(pg_current_wal_insert_lsn())");
    await lab.bash(`
      out=/var/spool/pgbackrest/archive/tracker-ts/out
      install -d -o postgres -g postgres /var/spool/pgbackrest/archive{,/tracker-ts} "$out"
      for segment in ${following(next)}; do : >"$out/$segment.ok"; done`);
    const result = await lab.step("start-archiving");
    expect(result).toMatchObject({
      status: "succeeded",
      stanza: "tracker-ts",
      segment: like(/^[0-9A-F]{24}$/),
    });
    segment = String(result["segment"]);
    expect(following(next)).toContain(segment);
    expect(await lab.copiesOf(segment)).toEqual({ repo3: 1, repo2: 1 });
    expect(await archiving()).toBe('pgbackrest --stanza=tracker-ts archive-push "%p"\non\n60');
  });

  test("is proved anew by a step that finds it on, without a restart", async () => {
    const started = "SELECT pg_postmaster_start_time()";
    const before = await lab.sql(started);
    const result = await lab.step("start-archiving");
    expect(String(result["segment"]) > segment).toBe(true);
    expect(await lab.copiesOf(String(result["segment"]))).toEqual({ repo3: 1, repo2: 1 });
    expect(await lab.sql(started)).toBe(before);
  });

  test("begins with a full backup in each repository", async () => {
    const result = await lab.step("full-backup");
    expect(result).toMatchObject({
      status: "succeeded",
      fullBackups: [3, 2].map((repository) => ({
        ...{ repository, label: like(/^\d{8}-\d{6}F$/), seconds: expect.any(Number) as number },
        databaseBytes: expect.any(Number) as number,
      })),
    });
    const info = JSON.parse(await lab.pgbackrest("--output=json info")) as [{ backup: { type: string }[] }];
    expect(info[0].backup.map(({ type }) => type)).toEqual(["full", "full"]);
  });

  test("refuses a conf.d that archives otherwise", async () => {
    await lab.sql("ALTER SYSTEM SET archive_command = '/bin/true'; SELECT pg_reload_conf()");
    expect(await lab.step("start-archiving")).toMatchObject({
      code: "archiving-otherwise",
      message: "The target does not archive as the runbook set it: archive_command = /bin/true.",
    });
  });

  test("is turned off for a restore, and on again after it", async () => {
    expect(await lab.step("stop-archiving")).toMatchObject({ status: "succeeded", wasOn: true });
    expect(await lab.bash("find /var/spool/pgbackrest -name '*.ok'")).toBe("");
    expect(await archiving()).toBe("(disabled)\noff\n0");
    expect(await lab.step("stop-archiving")).toMatchObject({ status: "succeeded", wasOn: false });
    const again = String((await lab.step("start-archiving"))["segment"]);
    expect(await lab.copiesOf(again)).toEqual({ repo3: 1, repo2: 1 });
  });

  test("is not begun without a repository, which the message names", async () => {
    await lab.bash("systemctl stop ssh.socket ssh.service", "repository");
    expect(await lab.step("prepare-stanza")).toMatchObject({
      code: "repository-silent",
      message: like(/^repo3 \(SSH\) says of stanza /),
    });
    await lab.bash("systemctl start ssh.service", "repository");
  });
});

/** A segment's name and the nine after it, in its file of 256. */
function following(segment: string): string {
  const [prefix, number] = [segment.slice(0, 16), parseInt(segment.slice(16), 16)];
  const name = (i: number) => prefix + (number + i).toString(16).toUpperCase().padStart(8, "0");
  return Array.from({ length: 10 }, (_, i) => name(i)).join(" ");
}
