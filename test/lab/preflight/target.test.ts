import { describeLab } from "../describe-lab";
import { asMade } from "./target-as-made";
import { TargetLab, type Verdict } from "./target-lab";
import {
  makeStandby,
  markDatabase,
  mountMemory,
  plantInTheirPlace,
  plantUnfitParts,
  plantWhileItRuns,
  plantWithARestart,
  stopServer,
  takeBackUnfitParts,
  unmountVolume,
} from "./target-plants";

const gibibyte = 1024 ** 3;

/** What a check says: its verdict, and of its finding and remedy what matters. */
type Expected = readonly [id: string, verdict: Verdict["verdict"], finding: RegExp, remedy?: RegExp];

describeLab("Preflight's checks of the target", () => {
  let lab: TargetLab;
  let said: Map<string, Verdict>;

  beforeAll(async () => {
    lab = await TargetLab.start();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  function expectSaid(id: string, verdict: Verdict["verdict"], finding: RegExp, remedy?: RegExp): void {
    expect(said.get(id)).toEqual({
      id,
      verdict,
      finding: expect.stringMatching(finding) as string,
      ...(verdict !== "pass" && { remedy: expect.stringMatching(remedy ?? /./) as string }),
    });
  }

  describe("on a target that is as the host stack made it", () => {
    beforeAll(async () => {
      await lab.relayFacts("r20261121-000000-well");
      said = await lab.check("r20261121-000000-well");
    });

    it.each(asMade)("%s passes and says what it saw", (id, finding) => {
      expectSaid(id, "pass", finding);
    });

    it("makes no other check", () => {
      expect(said.size).toBe(28);
    });
  });

  describe("with faults beside a running server, and a source that it does not fit", () => {
    beforeAll(async () => {
      await lab.deploy({ dataVolumeGiB: 60 });
      await plantWhileItRuns(lab);
      await lab.relayFacts("r20261121-000000-bad1", {
        versions: {
          postgresql: "14.1",
          timescaledb: "2.99.0",
          timescaledbEdition: "timescale",
          postgis: "9.9.9",
        },
        extensions: { plpgsql: "0.9", no_such_extension: "1.0" },
        databaseBytes: 500 * gibibyte,
        md5Roles: ["reporting", "tracker"],
        locale: { encoding: "UTF8", provider: "c", collate: "xx_XX.UTF-8", ctype: "xx_XX.UTF-8" },
        collations: [
          {
            schema: "pg_catalog",
            name: "yy_YY",
            provider: "c",
            collate: "yy_YY",
            ctype: "yy_YY",
            version: "1",
          },
          { schema: "public", name: "own", provider: "c", collate: "zz_ZZ.UTF-8", ctype: "zz_ZZ.UTF-8" },
        ],
        settings: { max_connections: "5000" },
      });
      said = await lab.check("r20261121-000000-bad1");
    });

    it.each<Expected>([
      ["target-boot", "fail", /failed at cluster \(cluster-not-started\): It did not start/, /^Mend it\.$/],
      [
        "target-mount",
        "warn",
        /mount is disabled: at the next start/,
        /systemctl enable var-lib-postgresql\.mount/,
      ],
      ["target-volume-size", "warn", /is of 50\.0 GiB; target\.dataVolumeGiB says 60 GiB/],
      ["target-root-volume", "warn", /\/var\/log\/pgbackrest 300 MiB, \/var\/log\/pgbackrest 0 of 10 inodes/],
      ["target-tools", "fail", /lacks sha256sum/],
      ["target-clock", "fail", /clock is at least (59\d|600)\.\d s ahead of AWS's/],
      ["target-lock", "fail", /locked by run r20260101-000000-held, whose automation [-\w]+ is InProgress/],
      [
        "target-units",
        "warn",
        /At work: timescale-cutover-r20260101-000000-gone-dump\.service\. .*r20260101-000000-gone \(5 MiB\)/,
      ],
      [
        "target-configuration",
        "fail",
        /broken\.conf, line 1: unrecognized .*no_such_setting.*restart.*: max_connections, max_prepared_transactions\./,
      ],
      ["target-durability", "fail", /fsync = off/],
      ["target-memory", "warn", /operation may take \d+ MiB of \d+ .*autovacuum 196608/],
      [
        "target-preload",
        "fail",
        /is loaded, but shared_preload_libraries is configured as 'auto_explain': after a restart/,
      ],
      ["target-replication-slots", "warn", /forgotten \(\d+ /],
      ["target-other-databases", "warn", /neighbour \(\d+ .?B\)/],
      ["target-existing-database", "fail", /a database named tracker already, and no run/, /--replace/],
      ["target-tls", "warn", /runs out within 30 days/],
      [
        "target-versions",
        "fail",
        /The source has PostGIS 9\.9\.9; the target has .*PostgreSQL 14\.1, the target .*TimescaleDB 2\.99\.0; the target has/,
      ],
      [
        "target-extensions",
        "fail",
        /no_such_extension 1\.0 is missing; plpgsql is 1\.0, not the source's 0\.9/,
      ],
      [
        "target-locale",
        "fail",
        /no locale xx_XX\.UTF-8, zz_ZZ\.UTF-8, .* \(UTF8\)/,
        /locale-gen xx_XX\.UTF-8 zz_ZZ\.UTF-8/,
      ],
      ["target-collations", "fail", /lacks the collation yy_YY.* libc collations is 1 on the source/],
      ["target-capacity", "warn", /max_connections is 100, on the source 5000/],
      ["target-room", "fail", /may need \d+ MiB \(512000 MiB tables and indexes, .* dump, 4096 MiB WAL\)/],
      ["target-hba", "fail", /passwords of reporting, tracker as MD5, and line 8/, /write md5/],
    ])("%s tells of it (%s)", (...expected) => expectSaid(...(expected as unknown as Expected)));
  });

  describe("with what an ended run would leave, and a database that --replace names", () => {
    beforeAll(async () => {
      await plantInTheirPlace(lab);
      const glibc = await lab.bash("getconf GNU_LIBC_VERSION | cut -d ' ' -f 2");
      await lab.relayFacts("r20261121-000000-bad2", {
        collations: [
          {
            schema: "public",
            name: "own",
            provider: "c",
            collate: "en_US.UTF-8",
            ctype: "en_US.UTF-8",
            version: `${glibc}.9`,
          },
          {
            schema: "pg_catalog",
            name: "en_GB",
            provider: "c",
            collate: "en_GB.utf8",
            ctype: "en_GB.utf8",
            version: glibc,
          },
        ],
        md5Roles: [],
      });
      said = await lab.check("r20261121-000000-bad2", { Replace: "tracker" });
    });

    it.each<Expected>([
      ["target-boot", "warn", /has no .*boot\.json/],
      ["target-root-volume", "fail", /\/var\/log\/pgbackrest has 100 MiB free/],
      ["target-lock", "warn", /r20260101-000000-held has ended \(Unknown\)/],
      ["target-existing-database", "pass", /made by no run \(named by --replace\), will be replaced/],
      ["target-tls", "warn", /is not for [\d.]+, .*CN ?= ?elsewhere.*verify-full refuses/],
      ["target-locale", "pass", /en_US\.UTF-8/],
      [
        "target-collations",
        "warn",
        /libc collations is \S+\.9 on the source and \S+ on the target/,
        /builds every index anew/,
      ],
      ["target-room", "warn", /With its WAL the restore may need 26368 MiB/],
      ["target-hba", "warn", /admits tracker to tracker only from 10\.9\.0\.0 255\.255\.0\.0/],
    ])("%s tells of it (%s)", (...expected) => expectSaid(...(expected as unknown as Expected)));
  });

  describe("with parts that are there and do not do", () => {
    beforeAll(async () => {
      await plantUnfitParts(lab);
      await lab.relayFacts("r20261121-000000-bad8", { md5Roles: [] });
      said = await lab.check("r20261121-000000-bad8");
      await takeBackUnfitParts(lab);
    });

    it.each<Expected>([
      [
        "target-mount",
        "fail",
        /is mounted from another device \(\d+:\d+\) than the data volume vol-\w+ \(1:5\)/,
        /Unmount it/,
      ],
      ["target-tools", "fail", /was built without libzstd, and dump\.compression is zstd/],
      ["target-tls", "fail", /certificate ran out: /],
      [
        "target-hba",
        "fail",
        /line 9: .*nonsense.* Line 8 of pg_hba\.conf has the method cert\. pg_hba\.conf was changed since/,
        /would not start with it/,
      ],
    ])("%s tells of it (%s)", (...expected) => expectSaid(...(expected as unknown as Expected)));
  });

  describe("after a restart with other settings, while the application uses its database", () => {
    beforeAll(async () => {
      await plantWithARestart(lab);
      await markDatabase(lab, "activated");
      await lab.pointAt("target");
      await lab.relayFacts("r20261121-000000-bad3", {
        versions: { ...lab.versions, timescaledbEdition: "timescale" },
      });
      said = await lab.check("r20261121-000000-bad3");
    });

    it.each<Expected>([
      ["target-data-directory", "fail", /pg_wal lies on another file system \(\/var\/lib\/elsewhere\)/],
      ["target-checksums", "warn", /checksums are off/],
      ["target-preload", "fail", /shared_preload_libraries is 'auto_explain': TimescaleDB is not loaded/],
      [
        "target-existing-database",
        "fail",
        /has a database tracker, and the secret .* points at .*: the truth is target/,
      ],
      [
        "target-listen",
        "fail",
        /Nothing takes connections at [\d.]+:5432 \(no response\); .* 127\.0\.0\.1:5432/,
      ],
      ["target-tls", "fail", /could not be made: target-listen failed/],
      ["target-versions", "fail", /Community edition; the target has the Apache edition/],
      ["target-capacity", "warn", /max_worker_processes is 9, .* more \d+ are wanted/],
      ["target-hba", "fail", /Line 8 of pg_hba\.conf rejects tracker/],
    ])("%s tells of it (%s)", (...expected) => expectSaid(...(expected as unknown as Expected)));

    test("a database that a run made is not replaced while a prepared transaction holds it, nor without facts of the source", async () => {
      await lab.pointAt("source");
      await markDatabase(lab, "restored");
      said = await lab.check("r20261121-000000-bad4");
      expectSaid(
        "target-existing-database",
        "fail",
        /cannot be dropped: 1 prepared transactions/,
        /ROLLBACK PREPARED/,
      );
      expectSaid(
        "target-source-facts",
        "fail",
        /runs\/r20261121-000000-bad4\/source\/results\/inspect-source\.json: .*404/,
      );
      expectSaid("target-versions", "fail", /could not be made: target-source-facts failed/);
    });
  });

  test("a server that is a standby is refused", async () => {
    await makeStandby(lab);
    said = await lab.check("r20261121-000000-bad7");
    expectSaid("target-connection", "fail", /is in recovery/, /standby\.signal/);
  });

  describe("while its server is down", () => {
    beforeAll(async () => {
      await stopServer(lab);
      said = await lab.check("r20261121-000000-bad5");
    });

    it("names the server's unit, and makes no check that needs the server", () => {
      expectSaid(
        "target-connection",
        "fail",
        /does not answer on port 5432 \(postgresql@\d+-main is inactive\): .*No such file/,
      );
      for (const id of ["target-checksums", "target-preload", "target-source-facts"])
        expectSaid(id, "fail", /could not be made: target-(connection) failed/);
    });

    it("names a volume that is mounted read-only, and one that is not mounted", async () => {
      expectSaid("target-mount", "fail", /mounted read-only/);
      await unmountVolume(lab);
      said = await lab.check("r20261121-000000-bad6");
      expectSaid("target-mount", "fail", /\/var\/lib\/postgresql \(target\.dataMount\) is no mount point/);
      expectSaid("target-volume-size", "fail", /could not be made: target-mount failed/);
      await mountMemory(lab);
      said = await lab.check("r20261121-000000-bad9");
      expectSaid("target-mount", "fail", /\/var\/lib\/postgresql is of type tmpfs: the data volume is ext4/);
    });
  });
});
