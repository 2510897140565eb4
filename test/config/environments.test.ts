import { readFileSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../../bin/environments";
import { validateEnvironment } from "../../lib/config/validate";
import { validateEnvironments } from "../../lib/config/validate-all";

const committed = validateEnvironments(environments);

/** The plan's figures, and what was measured where the plan's cannot work (pgBackRest's stanza, endpoint and key type). */
const PLAN = {
  versions: { postgresql: "16.10", postgis: "3.5.2", timescaledb: "2.18.2" },
  database: { name: "tracker", sizeGiB: 11 },
  ownership: { mode: "reassign", role: "tracker" },
  target: {
    instanceType: "t3.medium",
    rootVolumeGiB: 25,
    dataVolumeGiB: 50,
    dataMount: "/var/lib/postgresql",
  },
  repository: {
    hostName: "pg-backrest.timescale.glimpse.internal",
    address: "172.31.203.209",
    sshPort: 22,
    sshFrom: "172.31.203.209/32",
    pgbackrest: {
      sourceStanza: "tracker",
      processMax: 4,
      logLevelConsole: "info",
      logLevelFile: "debug",
      logPath: "/var/log/pgbackrest",
      compressType: "zst",
      compressLevel: 6,
      delta: true,
      startFast: true,
      archiveTimeoutSeconds: 60,
      archiveAsync: true,
      archivePushQueueMaxGiB: 4,
      spoolPath: "/var/spool/pgbackrest",
      repo3: { hostUser: "postgres", path: "/var/pg_backrest_data/repo3", cipher: { type: "aes-256-cbc" } },
      repo2: {
        bucket: "glimpse-timescale-backups",
        region: "eu-west-2",
        endpoint: "s3.eu-west-2.amazonaws.com",
        keyType: "auto",
        path: "/pgbackrest",
        cipher: { type: "none" },
      },
    },
  },
  maintenanceWindow: { hours: 4 },
};

describe.each(["staging", "prod"] as const)("The committed %s", (name) => {
  const environment = committed[name];

  test("carries every figure of the plan", () => expect(environment).toMatchObject(PLAN));

  test("stands in eu-west-2 under its own name", () => {
    expect(environment).toMatchObject({ name, aws: { region: "eu-west-2" } });
  });

  test("gives its long steps no more time than the maintenance window has", () => {
    const { dumpSeconds, relaySeconds, restoreSeconds, fingerprintSeconds } = environment.timeouts;
    const together = dumpSeconds + relaySeconds + restoreSeconds + fingerprintSeconds;
    expect(together).toBeLessThanOrEqual(environment.maintenanceWindow.hours * 3600);
  });
});

test("prod archives into a stanza of its own, and staging into another", () => {
  expect(committed.prod.repository.pgbackrest.stanza).toBe("tracker-ts");
  expect(committed.staging.repository.pgbackrest.stanza).toBe("tracker-ts-staging");
});

test("staging has another address than prod, and the same shape otherwise", () => {
  const { network, ...shape } = committed.prod.target;
  expect(committed.staging.target).toMatchObject(shape);
  expect(committed.staging.target.network.privateAddress).not.toBe(network.privateAddress);
});

test("What only the user knows is enough: every default is the committed figure", () => {
  const { name, aws, target, repository, application, cutover } = committed.prod;
  const { kind, instanceId, roleArn } = {
    roleArn: undefined,
    instanceId: undefined,
    ...committed.prod.source,
  };
  const least = {
    name,
    aws,
    source: { kind, instanceId, roleArn },
    target: { network: target.network },
    repository: {
      hostKey: repository.hostKey,
      pgbackrest: { repo3: { cipher: repository.pgbackrest.repo3.cipher } },
    },
    application: {
      secretName: application.secretName,
      sourceHost: application.sourceHost,
      smokeTest: application.smokeTest,
    },
    cutover: { approvers: cutover.approvers },
  };
  expect(validateEnvironment(least)).toEqual(committed.prod);
});

test("Every key of the committed prod has a comment of its own", () => {
  const lines = readFileSync(join(__dirname, "../../bin/environments.ts"), "utf8").split("\n");
  const end = lines.findIndex((line) => line.startsWith("} satisfies"));
  const prod = lines.slice(lines.indexOf("const prod = {") + 1, end);
  const bare = prod.filter((line, index) => isKey(line) && !isComment(prod[index - 1] ?? ""));
  expect(prod.filter(isKey)).toContain("    dataVolumeGiB: 50,");
  expect(bare).toEqual([]);
});

/** A line that gives one key its value; a line that only opens a group has its comments inside. */
function isKey(line: string): boolean {
  return /^\s+\w+: (?!\{$)/.test(line);
}

function isComment(line: string): boolean {
  return /^\s+\/\/ /.test(line);
}
