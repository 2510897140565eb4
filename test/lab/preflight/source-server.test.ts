import { sourceServerChecks } from "../../../lib/checks/source-server";
import type { Environment } from "../../../lib/config/environment";
import { describeLab } from "../describe-lab";
import { patroniAnswers, startPatroniApi, stopPatroniApi } from "./patroni-api";
import { SourceLab } from "./source-lab";
import type { Verdict } from "./target-lab";

const dumpDirectory = "/var/lib/timescale-cutover/dump";

describeLab("Preflight's checks of the source's server", () => {
  let lab: SourceLab;
  let said: ReadonlyMap<string, Verdict> = new Map();

  beforeAll(async () => {
    lab = await SourceLab.start();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  function expectSaid(id: string, verdict: Verdict["verdict"], finding: RegExp): void {
    expect(said.get(id)).toMatchObject({ verdict, finding: expect.stringMatching(finding) as string });
  }

  /** What the source's server checks say where all is well: every one of them passes. */
  function expectAllPassed(environment: Environment): void {
    const applied = sourceServerChecks.filter(({ applies }) => applies?.(environment) ?? true);
    const verdicts = Object.fromEntries(applied.map(({ id }) => [id, said.get(id)?.verdict]));
    expect(verdicts).toEqual(Object.fromEntries(applied.map(({ id }) => [id, "pass"])));
  }

  describe("of a healthy source that is its own dump host", () => {
    beforeAll(async () => {
      said = await lab.check("managed");
    });

    it("make every check, and pass all of them", () => {
      expectAllPassed(lab.rehearsal.environment);
    });

    it.each([
      ["source-connection", /^PostgreSQL 1\d\.\d+ .*answers at \/var\/run\/postgresql:5432 as postgres\.$/],
      [
        "source-client-version",
        /^The dump host has pg_dump 1\d\.\d+, psql, aws, sha256sum and systemd-run\.$/,
      ],
      ["source-clock", /^The dump host's clock differs by no more than 2 s from AWS's\.$/],
      ["source-relay", /^The relay bucket timescale-cutover-prod-\S+-relay answers the dump host\.$/],
      ["source-primary", /^The source is no standby, and its host has no Patroni\.$/],
      [
        "source-versions",
        /^PostgreSQL 1\d\.\d+, TimescaleDB 2\.\d+\.\d+, PostGIS is not used, as versions says\.$/,
      ],
      ["source-timescaledb-edition", /^TimescaleDB 2\.\d+\.\d+, (Apache|Community) edition\.$/],
      [
        "source-database-size",
        /^The database has \d+ MB: 1 hypertables \(public\."Metric" \d+ kB\), largest relation \S+ with \d+ kB \(\d+ %\)\.$/,
      ],
      ["source-dump-room", /^The dump may need \d+ MiB; \S+dump on the dump host has \d+ MiB free\.$/],
    ])("say of %s what was seen", (id, finding) => {
      expectSaid(id, "pass", finding);
    });
  });

  describe("of a source with many faults at once, under a Patroni that is not paused", () => {
    beforeAll(async () => {
      await startPatroniApi(lab);
      await patroniAnswers(lab, "primary");
      await lab.sql("ALTER DATABASE tracker SET timescaledb.restoring = 'on'");
      await lab.sql(
        "UPDATE pg_proc SET probin = '$libdir/timescaledb-2.1.0' WHERE proname = 'get_git_commit'",
      );
      // Containers share this machine's clock: a `date` that is ten seconds ahead stands in for a clock that is.
      await lab.bash(`
        mv /usr/bin/sha256sum /usr/bin/sha256sum.away
        install -d ${dumpDirectory}
        mount -t tmpfs -o size=1m tmpfs ${dumpDirectory}
        printf '%s\\n' '#!/bin/bash' 'if [ "$*" = +%s%3N ]; then exec /usr/bin/date --date="10 seconds" "$@"; fi' \
          'exec /usr/bin/date "$@"' >/usr/local/bin/date
        chmod 0755 /usr/local/bin/date
      `);
      await lab.deleteRelay();
      said = await lab.checkAgain("managed");
    });

    afterAll(async () => {
      await lab.sql("ALTER DATABASE tracker RESET timescaledb.restoring", "postgres");
      await lab.sql(
        "UPDATE pg_proc SET probin = '$libdir/timescaledb-' || (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb') WHERE proname = 'get_git_commit'",
      );
      await lab.bash(`
        mv /usr/bin/sha256sum.away /usr/bin/sha256sum
        umount ${dumpDirectory}
        rm /usr/local/bin/date
      `);
    });

    it.each<[string, Verdict["verdict"], RegExp]>([
      ["source-client-version", "fail", /^The dump host has no sha256sum\.$/],
      ["source-clock", "warn", /^The dump host's clock is at least \d+\.\d s ahead of AWS's: /],
      ["source-relay", "fail", /^The dump host cannot look into the relay bucket \S+: .*NoSuchBucket/],
      [
        "source-primary",
        "warn",
        /^The source leads its Patroni cluster, which is not paused: a failover in the window stops the run\.$/,
      ],
      [
        "source-timescaledb-edition",
        "fail",
        /^The extension is of version 2\.\d+\.\d+, and functions of it call \$libdir\/timescaledb-2\.1\.0\.$/,
      ],
      ["source-restoring", "fail", /^timescaledb\.restoring is on: an earlier restore .* was never ended/],
      [
        "source-dump-room",
        "fail",
        /^The dump may need \d+ MiB; \/var\/lib\/timescale-cutover\/dump on the dump host has [01] MiB free\.$/,
      ],
    ])("say of %s: %s", (id, verdict, finding) => {
      expectSaid(id, verdict, finding);
    });
  });

  describe("of a source whose environment names other versions, with a paused Patroni", () => {
    beforeAll(async () => {
      await patroniAnswers(lab, "primary", true);
      // Room for one such dump and a little.
      await lab.bash(
        `mount -t tmpfs -o size=$(( $(runuser -u postgres -- psql -XAt -d tracker -c "SELECT sum(pg_table_size(oid)) * 3 / 2 FROM pg_class WHERE relkind IN ('r', 'm')" | cut -d . -f 1) )) tmpfs ${dumpDirectory}`,
      );
      said = await lab.check("managed", (environment) => ({
        ...environment,
        versions: { ...environment.versions, postgresql: "15.99", timescaledb: "2.99.0" },
      }));
    });

    afterAll(() => lab.bash(`umount ${dumpDirectory}`));

    it.each<[string, Verdict["verdict"], RegExp]>([
      ["source-primary", "pass", /^The source leads its Patroni cluster, which is paused\.$/],
      [
        "source-client-version",
        "fail",
        /^pg_dump on the dump host is of version 1\d\.\d+; the server is of version 15\.$/,
      ],
      [
        "source-versions",
        "fail",
        /^PostgreSQL is 1\d\.\d+, and versions\.postgresql is 15\.99; TimescaleDB is \S+, and versions\.timescaledb is 2\.99\.0\.$/,
      ],
      ["source-dump-room", "warn", /: it may take more than half of that from what else is there\.$/],
    ])("say of %s: %s", (id, verdict, finding) => {
      expectSaid(id, verdict, finding);
    });
  });

  describe("of who leads, say", () => {
    beforeAll(async () => {
      await lab.check("managed");
    });

    it("that Patroni does not take this server for the leader", async () => {
      await patroniAnswers(lab, "replica");
      said = await lab.checkAgain("managed");
      expectSaid("source-primary", "fail", /^Patroni calls this server replica, not the leader\.$/);
    });

    it("that a Patroni which does not answer may be paused or not", async () => {
      await patroniAnswers(lab, undefined);
      said = await lab.checkAgain("managed");
      const unseen = /^The source is no standby; Patroni manages it, and whether it is paused cannot be seen/;
      expectSaid("source-primary", "warn", unseen);
      // Without its process, its file of settings tells of it.
      await stopPatroniApi(lab);
      const file = "$(echo /etc/postgresql/*/main/conf.d)/postgresql.base.conf";
      await lab.bash(
        `echo "work_mem = '5MB'" >"${file}"; chmod 0644 "${file}"; systemctl reload 'postgresql@*'`,
      );
      said = await lab.checkAgain("managed");
      await lab.bash(`rm "${file}"; systemctl reload 'postgresql@*'`);
      expectSaid("source-primary", "warn", unseen);
    });

    it("that the source is a standby, and goes on with what can be seen there", async () => {
      const restart = (change: string) =>
        lab.bash(`cd /var/lib/postgresql/*/main; ${change} standby.signal; systemctl restart 'postgresql@*'`);
      await restart("runuser -u postgres -- touch");
      said = await lab.checkAgain("managed");
      await restart("rm");
      expectSaid("source-primary", "fail", /^The source at \/var\/run\/postgresql is a standby: /);
      expectSaid("source-subscriptions", "pass", /^There are none\.$/);
    });
  });

  describe("of a source over the network", () => {
    const hba = "$(echo /etc/postgresql/*/main/pg_hba.conf)";

    beforeAll(async () => {
      await lab.rehearsal.giveSourcePassword();
      await lab.bash(`echo '${lab.rehearsal.lab.hosts.source.address} misnamed.lab' >>/etc/hosts`, "target");
    });

    it("pass where it is healthy, leave out what the target's checks see, and leave no password behind", async () => {
      said = await lab.checkNetwork({});
      expectAllPassed(lab.rehearsal.environment);
      expectSaid(
        "source-connection",
        "pass",
        / answers at source:5432 as postgres, with TLS \(verify-full\)\.$/,
      );
      expect([...said.keys()]).not.toContain("source-clock");
      expect(await lab.bash("find /run/timescale-cutover -type f", "target")).toBe("");
    });

    it.each<[string, Parameters<SourceLab["checkNetwork"]>[0], RegExp, RegExp]>([
      [
        "a name that does not resolve",
        { host: "elsewhere.invalid" },
        /^The source's name elsewhere\.invalid \(source\.host\) does not resolve\.$/,
        /source\.host/,
      ],
      ["a port where nothing listens", { port: 5999 }, /^Nothing listens at source:5999\.$/, /source\.port/],
      [
        "no authority to compare with",
        { rootCertificate: "/no/such/ca.crt" },
        /^The source's certificate was not accepted: .*root certificate file "\/no\/such\/ca\.crt"/,
        /source\.rootCertificate/,
      ],
      [
        "a name that the certificate does not have",
        { host: "misnamed.lab" },
        /^The source's certificate was not accepted: .*does not match host name "misnamed\.lab"/,
        /source\.host/,
      ],
      [
        "a secret that is not there",
        { passwordSecret: "no/such/secret" },
        /^The secret no\/such\/secret \(source\.passwordSecret\) cannot be read: .*ResourceNotFound/,
        /secretsmanager:GetSecretValue/,
      ],
    ])("tell %s from all else", async (_, changes, finding, remedy) => {
      said = await lab.checkNetwork(changes);
      expectRefused(finding, remedy);
    });

    it("tell a server that does not answer", async () => {
      await lab.bash(`systemd-run --quiet --collect --unit=silent python3 -c '
import socket, time
listener = socket.create_server(("", 5998))
time.sleep(3600)'
      `);
      said = await lab.checkNetwork({ port: 5998 });
      await lab.bash("systemctl stop silent");
      expectRefused(/^source:5998 did not answer within 15 s\.$/, /security groups/);
    });

    it("tell a missing line of pg_hba.conf, a server without TLS, and a database that is not there", async () => {
      await lab.bash(`sed -i.kept 's/^hostssl/#&/' "${hba}"; systemctl reload 'postgresql@*'`);
      said = await lab.checkNetwork({});
      expectRefused(
        /^The source admits no such connection: .*no pg_hba\.conf entry for host/,
        /pg_hba\.conf line for postgres/,
      );

      await lab.bash(`cp "${hba}.kept" "${hba}"`);
      await lab.sql("ALTER SYSTEM SET ssl = off; SELECT pg_reload_conf()", "postgres");
      said = await lab.checkAgain("network");
      expectRefused(/^The source speaks no TLS, and source\.tls is verify-full\.$/, /Turn ssl on/);

      await lab.sql("ALTER SYSTEM RESET ssl; SELECT pg_reload_conf()", "postgres");
      said = await lab.check("network", (environment) => ({
        ...environment,
        database: { ...environment.database, name: "trackr" },
      }));
      expectRefused(/^The source has no database named trackr \(database\.name\)\.$/, /database\.name/);
    });

    it("tell a wrong password from a secret without one, and say neither's words", async () => {
      await lab.setSecret("not the password");
      said = await lab.checkNetwork({});
      expectRefused(
        /^The source refused the password of postgres\.$/,
        /timescale-cutover\/lab\/source-password/,
      );
      expect(JSON.stringify([...said.values()])).not.toContain("not the password");

      await lab.setSecret('{"username":"postgres"}');
      said = await lab.checkAgain("network");
      expectRefused(
        /^The secret timescale-cutover\/lab\/source-password holds no password\.$/,
        /key "password"/,
      );
      expect(await lab.bash("find /run/timescale-cutover -type f", "target")).toBe("");
    });

    it("tell a socket that is not there, where the source is its own dump host", async () => {
      said = await lab.check("managed", (environment) => ({
        ...environment,
        source: { ...environment.source, socketDirectory: "/run/elsewhere" } as Environment["source"],
      }));
      expectRefused(
        /^There is no PostgreSQL socket at \/run\/elsewhere for port 5432\.$/,
        /source\.socketDirectory/,
      );
    });

    it.each<[number, Verdict["verdict"], RegExp]>([
      [5, "warn", /^pg_dump 1\d\.5 writes an object's name .* \(CVE-2025-8715\)\.$/],
      [99, "pass", /^The dump host has pg_dump 1\d\.99, psql, aws, sha256sum and systemd-run\.$/],
    ])("look at pg_dump's minor version: %s", async (minor, verdict, finding) => {
      await lab.bash(`
        cd /usr/lib/postgresql/*/bin
        mv pg_dump pg_dump.away
        printf '#!/bin/sh\\necho "pg_dump (PostgreSQL) %s.${minor}"\\n' "$(basename "$(dirname "$PWD")")" >pg_dump
        chmod 755 pg_dump`);
      said = await lab.check("managed");
      await lab.bash("cd /usr/lib/postgresql/*/bin; mv pg_dump.away pg_dump");
      expectSaid("source-client-version", verdict, finding);
    });

    /** It says so once, and of what needs the connection that it could not be made. */
    function expectRefused(finding: RegExp, remedy: RegExp): void {
      expect(said.get("source-connection")).toEqual({
        id: "source-connection",
        verdict: "fail",
        finding: expect.stringMatching(finding) as string,
        remedy: expect.stringMatching(remedy) as string,
      });
      for (const id of ["source-primary", "source-versions", "source-dump-room"])
        expectSaid(id, "fail", /^The check could not be made: source-connection failed\.$/);
    }
  });
});
