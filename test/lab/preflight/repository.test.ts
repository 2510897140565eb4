import { describeLab } from "../describe-lab";
import { RepositoryLab, type Said } from "./repository-lab";
import { S3Bucket } from "./s3-bucket";

const name = "pg-backrest.timescale.glimpse.internal";
const spool = "/var/spool/pgbackrest/archive/tracker-ts";
const known = "/etc/ssh/timescale-cutover_known_hosts";
const keys = "~postgres/.ssh/authorized_keys";
const unmade = /^The check could not be made: /;

/** What a check says: its verdict and, of its finding, what matters. */
type Expected = readonly [id: string, verdict: Said["verdict"], finding: RegExp];

describeLab("Preflight's checks of the repository", () => {
  let lab: RepositoryLab;
  let bucket: S3Bucket;
  let said: Map<string, Said>;
  let seconds: number;

  beforeAll(async () => {
    lab = await RepositoryLab.start(["source", "target", "repository"]);
    bucket = new S3Bucket(lab);
  });

  afterAll(async () => {
    await lab?.stop();
  });

  const onTarget = (script: string) => lab.bash("target", script);
  const onRepository = (script: string) => lab.bash("repository", script);
  const look = async () => ({ said, seconds } = await lab.check("check-repository"));

  function expectSaid(...[id, verdict, finding]: Expected): void {
    expect(said.get(id)).toMatchObject({ id, verdict, finding: expect.stringMatching(finding) as string });
  }

  describe("as its owner and the plan have it", () => {
    let before: string;

    beforeAll(async () => {
      before = await everythingKept();
      await look();
    });

    it.each<Expected>([
      ["repository-name", "pass", /^pg-backrest\S+ is 172\.31\.203\.209\.$/],
      ["repository-configuration", "pass", /for stanza tracker-ts\.$/],
      ["repository-ssh", "pass", /\(port 22\) as postgres, with the pinned host key\.$/],
      [
        "repository-pgbackrest-version",
        "pass",
        /^pgBackRest is \d+\S* on the target and on the repository host\.$/,
      ],
      // The forced command shows the target no stanza but its own, which is not there yet.
      ["repository-cipher", "warn", /^Nothing in the repository that the target may see is encrypted yet/],
      ["repository-stanza", "pass", /no stanza tracker-ts yet/],
      [
        "repository-room",
        "pass",
        /^\d+ MiB are free at \/var\/pg_backrest_data\/repo3; the database has 1 GiB\.$/,
      ],
      ["repository-s3", "pass", /glimpse-timescale-backups answers; it has no stanza tracker-ts yet\.$/],
      ["repository-spool", "pass", /is postgres's and holds nothing/],
      ["repository-queue-max", "pass", /lets 4 GiB of WAL wait; \d+ MiB are free/],
    ])("%s says %s", expectSaid);

    it("changes nothing in the repository, the spool and the logs", async () => {
      expect(await everythingKept()).toBe(before);
    });
  });

  describe("with another cluster's stanza, another cluster's spool, and little room", () => {
    beforeAll(async () => {
      await lab.deploy({ sizeGiB: 1_000_000 });
      // The old cluster takes the name that the target shall have.
      await lab.pgbackrest(
        `--stanza=tracker-ts --pg1-path=${await dataDirectory()} --no-online stanza-create`,
      );
      await bucket.putArchiveInfo("7000000000000000001");
      await dropWal();
      await look();
      await lab.pgbackrest("--stanza=tracker-ts stop");
      await lab.pgbackrest(
        `--stanza=tracker-ts --pg1-path=${await dataDirectory()} --repo=3 stanza-delete --force`,
      );
      await lab.pgbackrest("--stanza=tracker-ts start");
      await onTarget(`rm -r ${spool} /var/log/pgbackrest/tracker-ts-archive-push*`);
    });

    it.each<Expected>([
      ["repository-cipher", "pass", /opens stanza tracker-ts\.$/],
      ["repository-room", "warn", /^Only \d+ MiB are free .* the database has 1000000 GiB\.$/],
      [
        "repository-s3",
        "fail",
        /belongs to the cluster 7000000000000000001; the target's cluster is \d{19}\.$/,
      ],
      ["repository-spool", "warn", /holds 1 acknowledgements of earlier archiving, such as \w{24}\.ok\.$/],
      [
        "repository-queue-max",
        "warn",
        /^The target dropped WAL before it was archived: 1 times, last at \d{4}-/,
      ],
    ])("%s says %s", expectSaid);

    it("compares the system identifiers to the last of their 19 digits", async () => {
      const identifier = "SELECT system_identifier FROM pg_control_system()";
      const [theirs, ours] = [await lab.sql("source", identifier), await lab.sql("target", identifier)];
      expectSaid(
        "repository-stanza",
        "fail",
        new RegExp(`cluster ${theirs} \\(0 backups\\).* cluster is ${ours}\\.$`),
      );
    });
  });

  describe("with an older pgBackRest there, and a target that is configured badly", () => {
    beforeAll(async () => {
      await lab.deploy({ queueMaxGiB: 1024, bucket: "a-bucket-that-nobody-made" });
      await lab.older("repository");
      await onTarget(
        "cp -a /etc/pgbackrest.conf /root; sed -i /repo2-s3-endpoint/d /etc/pgbackrest.conf; chown root: /var/spool/pgbackrest; chmod 0755 /var/spool/pgbackrest",
      );
      await look();
      await onTarget("cp -a /root/pgbackrest.conf /etc; chown postgres: /var/spool/pgbackrest");
      await onRepository("rm /usr/local/bin/pgbackrest");
      await lab.deploy({});
    });

    it.each<Expected>([
      ["repository-configuration", "fail", /\[037\]: .* requires option: repo2-s3-endpoint\.$/],
      [
        "repository-pgbackrest-version",
        "fail",
        /^pgBackRest is 2\.50 on the repository host and \d+\S* on the target/,
      ],
      ["repository-cipher", "fail", unmade],
      ["repository-stanza", "fail", unmade],
      ["repository-s3", "fail", /^There is no bucket a-bucket-that-nobody-made\.$/],
      ["repository-spool", "fail", /^postgres cannot write to the spool \/var\/spool\/pgbackrest/],
      [
        "repository-queue-max",
        "warn",
        /lets 1024 GiB of WAL wait; .* the volume is full before pgBackRest drops any\.$/,
      ],
    ])("%s says %s", expectSaid);
  });

  describe("that lets the target in without a forced command", () => {
    beforeAll(async () => {
      await onRepository(`cp -a ${keys} /root/authorized_keys; sed -i 's/^restrict,.* ssh-/ssh-/' ${keys}`);
      await look();
      await onRepository(`cp -a /root/authorized_keys ${keys}`);
    });

    it.each<Expected>([
      ["repository-pgbackrest-version", "pass", /on the target and on the repository host\.$/],
      ["repository-cipher", "pass", /\(aes-256-cbc\) opens stanza tracker\.$/],
      ["repository-room", "pass", /^\d+ MiB are free at \/var\/pg_backrest_data\/repo3/],
    ])("%s says %s", expectSaid);
  });

  describe("that has a gate of its owner's own for both stanzas, with a wrong passphrase on the target", () => {
    beforeAll(async () => {
      await onTarget("sed -i 's/^repo3-cipher-pass=.*/repo3-cipher-pass=wrong/' /etc/pgbackrest.conf");
      // Both stanzas' commands: what is encrypted is the source's.
      await onRepository(
        `cat >/usr/local/bin/gate <<'GATE'
#!/bin/bash
case $SSH_ORIGINAL_COMMAND in
  "pgbackrest "*"--stanza=tracker"*) exec $SSH_ORIGINAL_COMMAND ;;
esac
echo 'refused' >&2
exit 1
GATE
         chmod 0755 /usr/local/bin/gate; cp -a ${keys} /root/authorized_keys
         sed -i 's/command="[^"]*"/command="\\/usr\\/local\\/bin\\/gate"/' ${keys}`,
      );
      await look();
      await onRepository(`cp -a /root/authorized_keys ${keys}`);
      await onTarget("cp -a /root/pgbackrest.conf /etc");
    });

    it.each<Expected>([
      ["repository-ssh", "pass", /with the pinned host key/],
      [
        "repository-pgbackrest-version",
        "warn",
        /lets no 'pgbackrest version' through; pgBackRest \d+\S* of the target talks to it/,
      ],
      ["repository-cipher", "fail", /\(aes-256-cbc\) does not open stanza tracker: /],
      ["repository-stanza", "fail", /repository-cipher failed/],
      ["repository-room", "warn", /lets nobody ask for its free room/],
    ])("%s says %s", expectSaid);
  });

  describe("with a bucket that lets it list, but not read, and with a target that archives", () => {
    beforeAll(async () => {
      await bucket.putArchiveInfo("7000000000000000001");
      await bucket.setPolicy({ Effect: "Deny", Action: "s3:GetObject" });
      await archive("on");
      await onTarget(
        `out=${spool}/out; install -d -o postgres -g postgres "$(dirname ${spool})" ${spool} "$out"
         touch -d 2001-01-01 "$out/000000010000000000000002.ok"; touch "$out/000000010000000000000003.ok"`,
      );
      await look();
      await archive("off");
      await bucket.setPolicy({ Effect: "Allow", Action: "s3:GetObject" });
    });

    it.each<Expected>([
      [
        "repository-s3",
        "fail",
        /^The target's role may not read s3:\/\/glimpse-timescale-backups\/pgbackrest\/archive\/tracker-ts\/\.$/,
      ],
      [
        "repository-spool",
        "fail",
        /holds 1 acknowledgements that are not this cluster's, such as 000000010000000000000002\.ok: /,
      ],
    ])("%s says %s", expectSaid);
  });

  it.each<
    readonly [what: string, plant: () => Promise<unknown>, mend: () => Promise<unknown>, finding: RegExp]
  >([
    [
      "has no sshd",
      () => onRepository("systemctl stop ssh.socket ssh.service"),
      () => onRepository("systemctl start ssh.service"),
      /refuses the connection/,
    ],
    [
      "takes the connection and says nothing",
      () => onRepository("systemctl kill --signal=STOP --kill-whom=main ssh.service"),
      () => onRepository("systemctl kill --signal=CONT --kill-whom=main ssh.service"),
      /does not answer within 5 s/,
    ],
    [
      "is not pinned on the target",
      () => onTarget(`mv ${known} ${known}.away; install -m 0644 /dev/null ${known}`),
      () => onTarget(`mv ${known}.away ${known}`),
      /^postgres knows no host key of pg-backrest/,
    ],
    [
      "has another host key",
      () =>
        onRepository(
          "mv /etc/ssh/ssh_host_ed25519_key /root; ssh-keygen -A >/dev/null; systemctl restart ssh",
        ),
      () => onRepository("mv /root/ssh_host_ed25519_key /etc/ssh; systemctl restart ssh"),
      /has another host key \(SHA256:\S+\) than the one that is pinned/,
    ],
    [
      "does not know the target's key",
      () => onRepository(`mv ${keys} ${keys}.away`),
      () => onRepository(`mv ${keys}.away ${keys}`),
      /does not take the target's key \(SHA256:\S+\) for postgres/,
    ],
  ])("tells apart a repository host that %s, and ends soon", async (_, plant, mend, finding) => {
    await plant();
    await look();
    await mend();
    expectSaid("repository-ssh", "fail", finding);
    for (const id of [
      "repository-pgbackrest-version",
      "repository-cipher",
      "repository-stanza",
      "repository-room",
    ])
      expectSaid(id, "fail", unmade);
    expect(seconds).toBeLessThan(60);
  });

  it("tells of a name that leads elsewhere, where there is no way to", async () => {
    await onTarget(
      `cp -a /etc/hosts /root; sed 's/^172.31.203.209 ${name}/172.31.250.9 ${name}/' /root/hosts >/etc/hosts`,
    );
    await look();
    await onTarget("cat /root/hosts >/etc/hosts");
    expectSaid("repository-name", "fail", /is 172\.31\.250\.9; repository\.address is 172\.31\.203\.209\.$/);
    expectSaid("repository-ssh", "fail", /^There is no route from the target|does not answer within 5 s/);
    expect(seconds).toBeLessThan(60);
  });

  /** Turns the target's archiving on, by a command that is nobody's, or off. */
  async function archive(mode: "on" | "off"): Promise<void> {
    await lab.sql("target", `ALTER SYSTEM SET archive_command = 'true # pgbackrest'`);
    await lab.sql("target", `ALTER SYSTEM SET archive_mode = ${mode}`);
    await onTarget("systemctl restart 'postgresql@*'");
  }

  const dataDirectory = () => lab.sql("source", "SHOW data_directory");

  async function everythingKept(): Promise<string> {
    const listed = (folders: string) => `find ${folders} -type f -printf '%p %s %T@\\n' | sort`;
    return `${await onRepository(listed("/var/pg_backrest_data"))}\n${await onTarget(listed("/var/spool/pgbackrest /var/log/pgbackrest"))}`;
  }

  /** pgBackRest drops a segment of the target, whose queue is longer than it may be, as PostgreSQL would have it do. */
  async function dropWal(): Promise<void> {
    await onTarget(
      `wal=$(runuser -u postgres -- psql -XAtc 'SHOW data_directory')/pg_wal
       segment=$(ls "$wal" | grep -m 1 -E '^[0-9A-F]{24}$')
       install -o postgres -g postgres /dev/null "$wal/archive_status/$segment.ready"
       runuser -u postgres -- env PGBACKREST_ARCHIVE_PUSH_QUEUE_MAX=1MB pgbackrest --stanza=tracker-ts --log-level-console=error archive-push "$wal/$segment"
       rm "$wal/archive_status/$segment.ready"`,
    );
  }
});
