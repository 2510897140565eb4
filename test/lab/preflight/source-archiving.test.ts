import { describeLab } from "../describe-lab";
import { until } from "../on-host";
import { RepositoryLab, type Said } from "./repository-lab";

const conf = "/etc/pgbackrest.conf";
const segmentSwitch = "SELECT pg_create_restore_point('of the test'); SELECT pg_switch_wal();";

describeLab("Preflight's checks of the old server's archiving", () => {
  let lab: RepositoryLab;
  let said: Map<string, Said>;

  beforeAll(async () => {
    lab = await RepositoryLab.start(["source", "repository"]);
  });

  afterAll(async () => {
    await lab?.stop();
  });

  const onSource = (script: string) => lab.bash("source", script);
  const look = async () => ({ said } = await lab.check("check-source"));
  const archived = () => lab.sql("source", "SELECT last_archived_wal FROM pg_stat_archiver");

  async function everythingKept(): Promise<string> {
    const listed = (folders: string) => `find ${folders} -type f -printf '%p %s %T@\\n' | sort`;
    const ours = await onSource(listed("/tmp/pgbackrest /var/spool/pgbackrest /var/log/pgbackrest"));
    return `${ours}\n${await lab.bash("repository", listed("/var/pg_backrest_data"))}`;
  }

  function expectSaid(id: string, verdict: Said["verdict"], finding: RegExp): void {
    expect(said.get(id)).toMatchObject({ id, verdict, finding: expect.stringMatching(finding) as string });
  }

  describe("where it archives as in the plan", () => {
    let before: string;

    beforeAll(async () => {
      // The process that pushed the last segment ends a moment after that.
      await until(
        "end of the push",
        async () => (await onSource(`find /tmp/pgbackrest -name '*.lock'`)) === "",
      );
      before = await everythingKept();
      await look();
    });

    it.each([
      ["source-archive-mode", /^archive_mode is on, and archive_command pushes into stanza tracker\.$/],
      ["source-archiving", /^\w{24}\S* was archived \d+ s ago; 0 segments wait; 0 attempts failed since /],
      ["source-pgbackrest-version", /^pgBackRest is \d+\.\d+\S* on the source\.$/],
      ["source-archived-segment", /^Segment \w{24} is in repo3\.$/],
      ["source-backup-age", /^repo3: full backup of \d{4}-\d\d-\d\d \d\d:\d\d UTC, 0\.\d h ago\.$/],
      ["source-dropped-wal", /no dropped WAL\.$/],
    ])("passes %s", (id, finding) => expectSaid(id, "pass", finding));

    it("leaves no lock, no log and nothing in the repository behind", async () => {
      expect(await everythingKept()).toBe(before);
    });
  });

  describe("where a crash of the server has reset its statistics", () => {
    beforeAll(async () => {
      const { major } = lab.rehearsal.lab.postgresql;
      await onSource(`systemctl kill --kill-whom=all --signal=KILL postgresql@${major}-main; sleep 1
        systemctl reset-failed postgresql@${major}-main; systemctl start postgresql@${major}-main`);
      await until("server", async () => (await lab.sql("source", "SELECT 1")) === "1");
      await look();
    });

    it("warns that they prove nothing yet", () =>
      expectSaid(
        "source-archiving",
        "warn",
        /^No segment was archived since the statistics began, as after a crash; 0 /,
      ));
    it("finds the segment before in the repository all the same", () =>
      expectSaid("source-archived-segment", "pass", /^Segment \w{24} is in repo3\.$/));
  });

  describe("where pgBackRest dropped WAL since the newest full backup", () => {
    beforeAll(async () => {
      await onSource(`sed -i s/^archive-push-queue-max=.*/archive-push-queue-max=1MB/ ${conf}`);
      const before = await archived();
      await lab.sql("source", segmentSwitch);
      await until("dropped segment", async () => (await archived()) > before);
      await onSource(`sed -i s/^archive-push-queue-max=.*/archive-push-queue-max=4GB/ ${conf}`);
      await look();
    });

    it("sees that PostgreSQL's statistics look as well as ever", () =>
      expectSaid("source-archiving", "pass", /0 attempts failed/));
    it("misses the segment in the repository", () =>
      expectSaid(
        "source-archived-segment",
        "fail",
        /^Segment \w{24} counts as archived: it is not in repo3\.$/,
      ));
    it("tells how often and when, by pgBackRest's own warning", () =>
      expectSaid(
        "source-dropped-wal",
        "fail",
        /, 1 times by its logs, last at \d{4}-.* no full backup was made since/,
      ));
  });

  it("warns of dropped WAL that a full backup has followed", async () => {
    await lab.pgbackrest("--stanza=tracker --type=full backup");
    await look();
    expectSaid("source-dropped-wal", "warn", /before the newest full backup/);
    expectSaid("source-archived-segment", "pass", /is in repo3/);
  });

  it("fails a full backup that is older than a week", async () => {
    await lab.aged("source", 8);
    await look();
    await onSource("rm /usr/local/bin/pgbackrest");
    expectSaid(
      "source-backup-age",
      "fail",
      /no full backup of the last 168 h\. repo3: the newest full backup is of \d{4}-.* UTC, 192\.\d h ago\.$/,
    );
  });

  describe("where archive_command fails, into a stanza without a backup", () => {
    beforeAll(async () => {
      await lab.sql("source", "ALTER SYSTEM SET archive_command = 'false'; SELECT pg_reload_conf()");
      await lab.pgbackrest("--stanza=tracker stop");
      await lab.pgbackrest("--stanza=tracker --repo=3 stanza-delete --force");
      await lab.pgbackrest("--stanza=tracker start");
      await lab.pgbackrest("--stanza=tracker stanza-create");
      await lab.sql("source", segmentSwitch);
      const failed = "SELECT failed_count > 0 FROM pg_stat_archiver";
      await until("failed attempt", async () => (await lab.sql("source", failed)) === "t");
      await look();
    });

    it.each([
      ["source-archive-mode", /^archive_command is not pgBackRest's archive-push: false$/],
      [
        "source-archiving",
        /^Archiving fails: \w{24} at .*; archived last: \w{24}\S*; 1 segments wait, the oldest/,
      ],
      ["source-archived-segment", /is not in repo3/],
      ["source-backup-age", /no full backup of the last 168 h\. repo3: no valid backups\.$/],
    ])("fails %s", (id, finding) => expectSaid(id, "fail", finding));
  });

  describe("where archive_mode is off and the repository host is away", () => {
    let seconds = NaN;

    beforeAll(async () => {
      await lab.sql("source", "ALTER SYSTEM SET archive_mode = off");
      await onSource(`systemctl restart postgresql@${lab.rehearsal.lab.postgresql.major}-main`);
      await lab.bash("repository", "systemctl stop ssh.socket ssh.service");
      ({ said, seconds } = await lab.check("check-source"));
      await lab.bash("repository", "systemctl start ssh.service");
    });

    it.each([
      ["source-archive-mode", /^archive_mode is off at the source/],
      ["source-backup-age", /no full backup of the last 168 h\. repo3: .*(refused|no answer)/],
    ])("fails %s", (id, finding) => expectSaid(id, "fail", finding));
    it("fails a check that needs the repository host as one that could not be made", () =>
      expectSaid("source-archived-segment", "fail", /^The check could not be made: .*repo3/));
    it("ends soon", () => expect(seconds).toBeLessThan(60));
  });

  it("refuses another version of pgBackRest than the repository host's, and asks that one nothing", async () => {
    await lab.older("source");
    await look();
    expectSaid(
      "source-pgbackrest-version",
      "fail",
      /^pgBackRest is 2\.50 on the source; versions\.pgbackrest is /,
    );
    expectSaid("source-backup-age", "fail", /could not be made: source-pgbackrest-version failed/);
  });
});
