import { setTimeout as sleep } from "node:timers/promises";
import { repositorySchedule } from "../../../lib/operator/archive-schedule";
import { describeLab } from "../describe-lab";
import { until } from "../on-host";
import { TrustLab } from "./trust-lab";

const repository = "pg-backrest.timescale.glimpse.internal";
const keys = "/var/lib/postgresql/.ssh/authorized_keys";

describeLab("The trust between target and repository host", () => {
  let lab: TrustLab;

  beforeAll(async () => {
    lab = await TrustLab.start();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  const ours = (command: string) => lab.pgbackrest("target", `--stanza=tracker-ts ${command}`);
  const ask = (command: string) => lab.asPostgres("target", `ssh ${repository} '${command}'`);
  // A push of the target holds the archive's lock there for a moment: pgBackRest then ends with 50.
  async function startedThere(command: string) {
    let ended = await lab.pgbackrest("repository", `--stanza=tracker-ts ${command}`);
    for (let tries = 0; ended.code === 50 && tries < 20; tries += 1) {
      await sleep(1000);
      ended = await lab.pgbackrest("repository", `--stanza=tracker-ts ${command}`);
    }
    return ended;
  }
  const refusals = (host: "target" | "repository") =>
    lab.bash(host, "journalctl --quiet --output=cat --identifier=pgbackrest-only");

  describe("lets the target's pgBackRest", () => {
    it.each([
      "stanza-create",
      "check",
      "--repo=3 --type=full backup",
      "--repo=3 --type=incr backup",
      "--repo=3 expire",
      "--repo=3 verify",
      "--repo=3 restore --pg1-path=/var/lib/postgresql/tls/restored --archive-mode=off",
    ])("%s", async (command) => {
      expect(await ours(command)).toEqual({
        code: 0,
        text: expect.not.stringContaining("ERROR") as string,
      });
    });

    it("push a segment, see it in the repository, and get it", async () => {
      const switched = "SELECT pg_walfile_name(pg_switch_wal())";
      await lab.asPostgres("target", "psql -XAtqc 'SELECT pg_create_restore_point($$trust$$)'");
      const { text: segment } = await lab.asPostgres("target", `psql -XAtqc '${switched}'`);
      expect(segment).toMatch(/^[0-9A-F]{24}$/);
      const there = async () => (await ask("segments")).text.includes(`/${segment}-`);
      await until("segment in the repository", there);
      expect(await ours(`--repo=3 archive-get ${segment} /tmp/${segment}`)).toMatchObject({ code: 0 });
      expect(await lab.bash("target", `stat -c %s /tmp/${segment}`)).toBe(String(2 ** 24));
    });

    it("tell its backups, the version and the room", async () => {
      const { text } = await ours("--repo=3 --output=json info");
      expect(JSON.parse(text)).toMatchObject([{ name: "tracker-ts", status: { code: 0 }, backup: [{}, {}] }]);
      expect((await ask("pgbackrest version")).text).toBe(`pgBackRest ${lab.rehearsal.lab.facts.pgbackrest}`);
      expect((await ask("room")).text).toMatch(/^yes \d+ \/var\/pg_backrest_data\/repo3$/);
    });

    it("restore what the cluster had", async () => {
      const version = "cat /var/lib/postgresql/tls/restored/PG_VERSION";
      expect(await lab.bash("target", version)).toBe(String(lab.rehearsal.lab.postgresql.major));
    });
  });

  describe("refuses the target", () => {
    it.each([
      ["a shell", `ssh ${repository}`],
      ["a command", `ssh ${repository} id`],
      ["a command behind pgBackRest's", `ssh ${repository} 'pgbackrest version; id'`],
      ["a file by sftp", `scp ${repository}:/etc/passwd /tmp/stolen`],
      ["a file by scp", `scp -O ${repository}:/etc/passwd /tmp/stolen`],
      ["a way through", `ssh -W 172.31.203.10:22 ${repository}`],
    ])("%s", async (_, command) => {
      const { code, text } = await lab.asPostgres("target", `${command} </dev/null`);
      expect(code).not.toBe(0);
      // scp does not hand on what the other side says.
      expect(text).toMatch(/pgbackrest-only: refused: |prohibited|^scp: Connection closed$/);
      expect(text).not.toMatch(/uid=|root:/);
      await lab.bash("target", "[ ! -e /tmp/stolen ]");
    });

    it.each([
      [
        "the old host's stanza",
        "--stanza=tracker --repo=3 --output=json info",
        /the stanza tracker: this key is for tracker-ts/,
      ],
      [
        "a segment of it",
        "--stanza=tracker --repo=3 --pg1-path=$PGDATA archive-get 000000010000000000000001 /tmp/stolen",
        // pgBackRest keeps the cause to its log; the repository host's says more.
        /unable to find a valid repository/,
      ],
      ["its restore", "--stanza=tracker --repo=3 --pg1-path=/tmp/tracker restore", /the stanza tracker/],
      [
        "the listing of its WAL",
        "--stanza=tracker-ts --repo=3 repo-ls archive/tracker",
        /reads every stanza/,
      ],
      [
        "the listing of its backups",
        "--stanza=tracker-ts --repo=3 repo-ls backup/tracker",
        /reads every stanza/,
      ],
      [
        "its files",
        "--stanza=tracker-ts --repo=3 --raw repo-get archive/tracker/archive.info",
        /reads every stanza/,
      ],
      ["its own stanza's upgrade", "--stanza=tracker-ts stanza-upgrade", /can archive no more/],
    ])("%s", async (_, command, why) => {
      const dataDirectory = `/var/lib/postgresql/${lab.rehearsal.lab.postgresql.major}/main`;
      const { text } = await lab.pgbackrest("target", command.replace("$PGDATA", dataDirectory));
      expect(text).toMatch(why);
      expect(text).not.toContain("db-system-id");
      await lab.bash("target", "[ ! -e /tmp/stolen ]");
    });

    it("its own stanza's deletion, which leaves the stanza whole", async () => {
      await ours("stop");
      const { code, text } = await ours("--repo=3 --force stanza-delete");
      await ours("start");
      expect(code).not.toBe(0);
      expect(text).toMatch(/stanza-delete:remote destroys what is in the repository/);
      expect(await ours("check")).toMatchObject({ code: 0 });
    });

    it("and tells the repository host's log", async () => {
      expect(await refusals("repository")).toMatch(/refused for stanza tracker-ts: no shell/);
      expect(await refusals("repository")).toMatch(/the stanza tracker: this key is for tracker-ts/);
    });
  });

  it("leaves the old host all that it has in its stanza", async () => {
    for (const command of ["check", "--type=incr backup", "repo-ls archive/tracker"])
      expect(await lab.pgbackrest("source", `--stanza=tracker ${command}`)).toMatchObject({ code: 0 });
  });

  describe("lets the repository host", () => {
    it.each(["check", "--type=full backup", "--type=incr backup", "stanza-create"])(
      "make a %s of the target, whose host key it has pinned",
      async (command) => {
        expect(await startedThere(command)).toEqual({ code: 0, text: "" });
      },
    );

    it.each(["full", "incremental"])(
      "make the %s backup of its schedule, into both repositories",
      async (name) => {
        const service = `pgbackrest-tracker-ts-${name}`;
        await until("end of a push", async () => {
          const started = await lab.bash(
            "repository",
            `systemctl start ${service} || systemctl show --property=Result --value ${service}`,
          );
          return started === "";
        });
        const type = name === "full" ? "full" : "incr";
        for (const repo of [3, 2]) {
          const { text } = await ours(`--repo=${repo} --output=json info`);
          const [{ backup }] = JSON.parse(text) as [{ backup: { type: string }[] }];
          expect(backup.at(-1)).toMatchObject({ type });
        }
      },
    );

    it("begin that schedule by the commands that its owner is told", async () => {
      const { repository: host } = lab.rehearsal.lab.hosts;
      for (const command of repositorySchedule(lab.rehearsal.environment).commands)
        await until(command, async () => (await host.run(["bash", "-c", command])).code === 0);
      const timers = "pgbackrest-tracker-ts-{full,incremental}.timer";
      expect(await lab.bash("repository", `systemctl is-active ${timers}`)).toBe("active\nactive");
    });

    it.each([
      ["a shell", "", /no shell/],
      ["a command", "id", /the program is not/],
      ["what a repository tells", "room", /room is for a repository/],
    ])("do nothing else on the target: %s", async (_, command, why) => {
      const { code, text } = await lab.asPostgres("repository", `ssh 172.31.203.20 ${command} </dev/null`);
      expect(code).toBe(126);
      expect(text).toMatch(why);
      expect(await refusals("target")).toMatch(why);
    });

    it("in, and nobody with its key from another address", async () => {
      await lab.giveRepositorysKey("source");
      const ssh =
        "ssh -o StrictHostKeyChecking=no -o BatchMode=yes -i ~postgres/.ssh/repository 172.31.203.20 id";
      expect((await lab.asPostgres("source", ssh)).text).toMatch(/Permission denied/);
    });
  });

  it("stays at every boot, beside the lines of others", async () => {
    const before = await lab.bash("target", `cat ${keys}`);
    await lab.bash("target", `echo '# of an operator' >>${keys}; systemctl restart timescale-cutover-boot`);
    expect((await lab.bash("target", `cat ${keys}`)).split("\n").sort()).toEqual(
      [before, "# of an operator"].sort(),
    );
    expect(await lab.bash("target", `stat -c '%U %a' ${keys} $(dirname ${keys})`)).toBe(
      "postgres 600\npostgres 700",
    );
  });
});
