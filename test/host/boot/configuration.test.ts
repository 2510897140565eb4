import { pgHbaConf } from "../../../lib/host/boot/pg-hba-conf";
import { pgbackrestConf } from "../../../lib/host/boot/pgbackrest-conf";
import { postgresqlConf } from "../../../lib/host/boot/postgresql-conf";
import { environments } from "../../../bin/environments";
import { validateEnvironment } from "../../../lib/config/validate";

const prod = validateEnvironment(environments.prod);

function withTarget(changes: Partial<typeof prod.target>) {
  return { ...prod, target: { ...prod.target, ...changes } };
}

describe("postgresql.conf", () => {
  const text = postgresqlConf(prod);

  test.each([
    ["keeps the data on the data volume", "data_directory = '/var/lib/postgresql/16/main'"],
    ["loads TimescaleDB", "shared_preload_libraries = 'timescaledb'"],
    ["tells nobody about it", "timescaledb.telemetry_level = 'off'"],
    ["stores passwords as SCRAM", "password_encryption = 'scram-sha-256'"],
    ["speaks TLS", "ssl = 'on'"],
    ["listens for the application", "listen_addresses = '*'"],
    ["archives nothing before the cutover's activation", "archive_mode = 'off'"],
    ["gives a t3.medium a quarter of its 4 GiB as shared buffers", "shared_buffers = '1024MB'"],
    ["and a hundredth of another quarter to each sort", "work_mem = '10MB'"],
  ])("%s", (_, line) => {
    expect(text.split("\n")).toContain(line);
  });

  test("is sized for the instance type of the environment", () => {
    expect(postgresqlConf(withTarget({ instanceType: "r6i.xlarge" }))).toContain("shared_buffers = '8192MB'");
    expect(postgresqlConf(withTarget({ maxConnections: 400 }))).toContain("work_mem = '4MB'");
  });

  test("lets a person's own settings in conf.d win", () => {
    expect(text.trimEnd().split("\n").at(-1)).toBe("include_dir = 'conf.d'");
  });
});

describe("pg_hba.conf", () => {
  const rules = pgHbaConf(prod)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/\s+/));

  test("lets the network reach the one database, over TLS, with a password", () => {
    const network = rules.filter(([type, , , address]) => type!.startsWith("host") && address === "all");
    expect(network).toEqual([
      ["host", "all", "postgres", "all", "reject"],
      ["hostssl", '"tracker"', "all", "all", "scram-sha-256"],
    ]);
  });

  test("knows no trust", () => {
    expect(rules.map((rule) => rule.at(-1))).not.toContain("trust");
  });

  test("means one database by its name, whatever it is called", () => {
    const named = pgHbaConf({ database: { name: "all", sizeGiB: 1 } });
    expect(named).toContain('hostssl  "all"  all');
  });
});

describe("pgbackrest.conf", () => {
  const options = pgbackrestConf(prod).split("\n");

  test.each([
    "process-max=4",
    "log-level-console=info",
    "log-level-file=debug",
    "log-path=/var/log/pgbackrest",
    "compress-type=zst",
    "compress-level=6",
    "delta=y",
    "start-fast=y",
    "repo3-host=pg-backrest.timescale.glimpse.internal",
    "repo3-host-user=postgres",
    "repo3-path=/var/pg_backrest_data/repo3",
    "repo3-cipher-type=aes-256-cbc",
    "repo2-type=s3",
    "repo2-s3-bucket=glimpse-timescale-backups",
    "repo2-s3-region=eu-west-2",
    "repo2-path=/pgbackrest",
    "archive-timeout=60",
    "archive-async=y",
    "archive-push-queue-max=4GiB",
    "spool-path=/var/spool/pgbackrest",
    "pg1-path=/var/lib/postgresql/16/main",
  ])("has the plan's %s", (line) => {
    expect(options).toContain(line);
  });

  test("has what the plan lacks and pgBackRest refuses to go without", () => {
    expect(options).toEqual(
      expect.arrayContaining(["repo2-s3-endpoint=s3.eu-west-2.amazonaws.com", "repo2-s3-key-type=auto"]),
    );
  });

  test("expires by the environment's figures, and bundles small files", () => {
    expect(options).toEqual(
      expect.arrayContaining([
        ...["repo3-retention-full=2", "repo3-retention-full-type=count", "repo3-bundle=y"],
        ...["repo2-retention-full=8", "repo2-retention-full-type=count", "repo2-bundle=y"],
      ]),
    );
  });

  test("waits two seconds for a silent S3, and a minute where a whole backup is read or written", () => {
    const sections = pgbackrestConf(prod).split(/^(?=\[)/m);
    const patience = sections.flatMap((section) => {
      const [, name, seconds] = /^\[(\S+)\][^]*^io-timeout=(\d+)$/m.exec(section) ?? [];
      return name === undefined ? [] : [[name, seconds]];
    });
    expect(patience).toEqual([
      ["global", "2"],
      ["global:backup", "60"],
      ["global:expire", "60"],
      ["global:restore", "60"],
      ["global:verify", "60"],
    ]);
  });

  test("has a stanza of the target's own, not the source's", () => {
    expect(options).toContain("[tracker-ts]");
    expect(options).not.toContain("[tracker]");
  });

  test("holds a mark in place of each passphrase, and asks for none that no cipher needs", () => {
    expect(options).toContain("repo3-cipher-pass=@repo3-cipher-pass@");
    expect(options.filter((line) => line.startsWith("repo2-cipher"))).toEqual(["repo2-cipher-type=none"]);
  });

  test("gives no level to a compression that is none", () => {
    const { repository } = prod;
    const pgbackrest = { ...repository.pgbackrest, compressType: "none" as const };
    const text = pgbackrestConf({ ...prod, repository: { ...repository, pgbackrest } });
    expect(text).toContain("compress-type=none\n");
    expect(text).not.toContain("compress-level");
  });
});
