import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { s3Address } from "../../../lib/lab/network";
import { labCredentials } from "../../../lib/lab/rehearsal/aws-contents";
import { letTargetIn } from "../../../lib/lab/rehearsal/let-into-repository";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { secondsAlone } from "../../harness/unhurried";
import { describeLab } from "../describe-lab";
import { bash, sql, until } from "../on-host";
import { prepared, startRehearsalLab } from "../start-rehearsal-lab";

const log = "/var/log/pgbackrest/tracker-ts-archive-push-async.log";
const metadata = "http://169.254.169.254/latest/meta-data/iam/security-credentials/";

const infoSchema = z.tuple([
  z.object({
    repo: z.array(z.object({ key: z.number(), status: z.object({ code: z.number(), message: z.string() }) })),
    backup: z.array(z.object({ type: z.string(), error: z.boolean() })),
  }),
]);

describeLab("The S3 repository, with pgbackrest.conf as the boot wrote it", () => {
  let lab: RehearsalLab;

  const onTarget = (script: string) => bash(lab.lab.hosts.target, script);
  const onServer = (statements: string) => sql(lab.lab.hosts.target, "postgres", statements);
  const pgbackrest = (command: string) =>
    onTarget(`runuser -u postgres -- pgbackrest --stanza=tracker-ts --log-level-console=info ${command}`);

  beforeAll(async () => {
    const rehearsal = await startRehearsalLab({
      synthesize: () => ({ Resources: {} }),
      started: ["target", "repository"],
      targetVolumeMb: 16_384,
    });
    lab = await prepared(rehearsal, async () => {
      await rehearsal.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
      await letTargetIn(rehearsal);
      return rehearsal;
    });
    await onServer(`ALTER SYSTEM SET archive_mode = on;
      ALTER SYSTEM SET archive_command = 'pgbackrest --stanza=tracker-ts archive-push "%p"'`);
    await onTarget("systemctl restart 'postgresql@*'");
  });

  afterAll(async () => {
    await lab?.stop();
  });

  it("takes the stanza, WAL and a full backup, as the SSH repository does", async () => {
    await pgbackrest("stanza-create");
    expect(await pgbackrest("check")).toMatch(
      /archived to '\/pgbackrest\/\S+ on repo2[^]* archived to '\S+ on repo3/,
    );
    const segment = await switched();
    await until("segment in S3", () => inBucket(segment));
    expect(await allInSshRepository([segment])).toBe(true);
    await pgbackrest("--repo=2 --type=full backup");
    const { info } = await told("");
    expect(info.repo).toMatchObject([
      { key: 2, status: { code: 0 } },
      { key: 3, status: { code: 2, message: "no valid backups" } },
    ]);
    expect(info.backup).toMatchObject([{ type: "full", error: false }]);
  });

  it("is opened by the instance's role, which is told to nobody without a session of IMDSv2", async () => {
    const status = "curl --silent --max-time 5 --output /dev/null --write-out '%{http_code}'";
    expect(await onTarget(`${status} ${metadata}`)).toBe("401");
    const token =
      "curl --silent --max-time 5 --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60'";
    const session = `"X-aws-ec2-metadata-token: $(${token} http://169.254.169.254/latest/api/token)"`;
    expect(await onTarget(`curl --silent --max-time 5 --header ${session} ${metadata}`)).toBe(
      "timescale-cutover-prod-target",
    );
    expect(await onTarget("aws configure list")).toMatch(/access_key +\*+\w+ +env/);
  });

  describe("that swallows what it is sent", () => {
    let segments: string[];
    let held: { first: number; all: number };
    let asked: { info: z.infer<typeof infoSchema>[0]; seconds: number };

    beforeAll(async () => {
      lab.lab.network.swallow("target", s3Address);
      const began = Date.now();
      segments = [await switched(), await switched(), await switched()];
      const since = async (awaited: string[]) => {
        await until("segment in the SSH repository", () => allInSshRepository(awaited));
        return (Date.now() - began) / 1000;
      };
      const question = told("--repo=2");
      held = { first: await since(segments.slice(0, 1)), all: await since(segments) };
      asked = await question;
    });

    afterAll(() => lab.lab.network.letThrough("target", s3Address));

    it("keeps a segment from the SSH repository for 18 times the io-timeout, within the archive-timeout", () => {
      expect(held.first).toBeGreaterThan(18 * 2);
      expect(secondsAlone(held.first)).toBeLessThan(60);
    });

    it("keeps those that come meanwhile for an archive-timeout more", () => {
      expect(secondsAlone(held.all)).toBeLessThan(60 + 60);
    });

    it("is named by PostgreSQL's log, which says that archiving fails", async () => {
      await until(
        "failure",
        async () => (await onServer("SELECT failed_count > 0 FROM pg_stat_archiver")) === "t",
      );
      expect(await onTarget("cat /var/log/postgresql/*.log")).toMatch(
        /archive-push command encountered error\(s\):\s+repo2: \[HostConnectError\]/,
      );
    });

    it("holds info up for 9 times the io-timeout, which then tells of it by its status alone", () => {
      expect(asked.info.repo).toMatchObject([{ key: 2, status: { code: 99 } }]);
      expect(asked.info.repo[0]?.status.message).toContain("[HostConnectError] timeout connecting to");
      // Beside other work a wait is longer, and never shorter.
      expect(asked.seconds).toBeGreaterThan(9 * 2);
      expect(secondsAlone(asked.seconds)).toBeLessThan(40);
    });

    it("receives what it missed when it answers again", async () => {
      lab.lab.network.letThrough("target", s3Address);
      await until("segments in S3", async () => (await Promise.all(segments.map(inBucket))).every(Boolean));
      expect(await onTarget(`grep --count 'dropped WAL' ${log} || [ $? = 1 ]`)).toBe("0");
    });
  });

  it("lets the SSH repository have its WAL within the archive-timeout while it refuses connections", async () => {
    await lab.lab.aws.s3.stop();
    const segment = await switched();
    const began = Date.now();
    await until("segment in the SSH repository", () => allInSshRepository([segment]));
    expect(secondsAlone((Date.now() - began) / 1000)).toBeLessThan(60);
    expect(await inBucket(segment)).toBe(false);
    await lab.lab.aws.s3.start();
    await until("segment in S3", () => inBucket(segment));
  });

  /** The name of a segment that is full now. */
  async function switched(): Promise<string> {
    return onServer(
      "DO $$ BEGIN PERFORM pg_create_restore_point('s3'); END $$; SELECT pg_walfile_name(pg_switch_wal())",
    );
  }

  async function told(options: string) {
    const began = Date.now();
    const answer = await onTarget(
      `runuser -u postgres -- pgbackrest --stanza=tracker-ts --log-level-console=off ${options} --output=json info`,
    );
    const [info] = infoSchema.parse(JSON.parse(answer));
    return { info, seconds: (Date.now() - began) / 1000 };
  }

  async function inBucket(segment: string): Promise<boolean> {
    const { url, region } = lab.aws;
    const s3 = new S3Client({ endpoint: url, region, credentials: labCredentials, forcePathStyle: true });
    const Bucket = "glimpse-timescale-backups";
    const listed = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: "pgbackrest/archive/tracker-ts/" }),
    );
    return (listed.Contents ?? []).some(({ Key }) => Key?.includes(`/${segment}-`));
  }

  async function allInSshRepository(segments: readonly string[]): Promise<boolean> {
    const listed = await bash(
      lab.lab.hosts.repository,
      "find /var/pg_backrest_data/repo3/archive/tracker-ts -type f -printf '%f\\n'",
    );
    return segments.every((segment) => listed.includes(`${segment}-`));
  }
});
