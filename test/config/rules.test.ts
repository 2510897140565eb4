import { environments } from "../../bin/environments";
import { networkSource, prodWith, problemsOf, problemWith } from "./prod-with";

describe("Source and target", () => {
  test.each(["verify-ca", "verify-full"])("need a root certificate for %s", (tls) => {
    const source = { ...networkSource, tls };
    expect(problemWith({ source, "source.rootCertificate": undefined })).toEqual({
      key: "prod.source.tls",
      value: `"${tls}"`,
      why: expect.stringContaining("verifies the source's certificate"),
      remedy: expect.stringContaining("Set source.rootCertificate"),
    });
  });

  test("need none where TLS is only required", () => {
    const source = { ...networkSource, tls: "require" };
    expect(problemsOf(prodWith({ source, "source.rootCertificate": undefined }))).toEqual([]);
  });
});

describe("A dump directory", () => {
  test.each([
    ["target", "/var/lib/postgresql/16/main", /is or holds/],
    ["target", "/var/lib/postgresql/16/main/dump", /lies in/],
    ["target", "/var/lib/postgresql/16", /is or holds/],
    ["target", "/var/lib/postgresql", /is or holds/],
    ["source", "/var/lib/postgresql/16/main", /is or holds/],
    ["source", "/var/lib/postgresql/16/main/base", /lies in/],
    ["source", "/var/lib", /is or holds/],
  ])("of the %s cannot be %s", (side, directory, why) => {
    expect(problemWith({ [`${side}.dumpDirectory`]: directory, "target.rootVolumeGiB": 100 })).toEqual({
      key: `prod.${side}.dumpDirectory`,
      value: `"${directory}"`,
      why: expect.stringMatching(why),
      remedy: 'Name a directory of its own beside it, such as "/var/lib/postgresql/cutover-dump".',
    });
  });

  test("follows the cluster of the version and mount that are configured", () => {
    const changes = {
      "versions.postgresql": "17.2",
      "target.dataMount": "/data",
      "target.dumpDirectory": "/data/17/main/dump",
    };
    expect(problemWith(changes).why).toContain("/data/17/main");
  });
});

describe("pgBackRest", () => {
  test.each([
    ["gz", 10, "0 to 9"],
    ["bz2", 0, "1 to 9"],
    ["lz4", 13, "-5 to 12"],
    ["zst", 23, "-7 to 22"],
  ])("cannot compress %s at level %d", (compressType, compressLevel, range) => {
    const changes = {
      "repository.pgbackrest.compressType": compressType,
      "repository.pgbackrest.compressLevel": compressLevel,
    };
    expect(problemWith(changes)).toEqual({
      key: "prod.repository.pgbackrest.compressLevel",
      value: String(compressLevel),
      why: `is no level of "${compressType}"`,
      remedy: `Use a level from ${range}.`,
    });
  });

  test("must reach its bucket at the endpoint of the bucket's region", () => {
    expect(problemWith({ "repository.pgbackrest.repo2.region": "eu-west-1" })).toEqual({
      key: "prod.repository.pgbackrest.repo2.endpoint",
      value: '"s3.eu-west-2.amazonaws.com"',
      why: "serves eu-west-2, but repo2's bucket is in eu-west-1",
      remedy: 'Write "s3.eu-west-1.amazonaws.com", or correct repo2.region.',
    });
  });

  test("may use an endpoint that names no region", () => {
    expect(problemsOf(prodWith({ "repository.pgbackrest.repo2.endpoint": "s3.internal" }))).toEqual([]);
  });
});

describe("A list", () => {
  test("names a role once", () => {
    expect(problemWith({ extraRoles: ["reporting", "grafana", "reporting"] })).toEqual({
      key: "prod.extraRoles[2]",
      value: '"reporting"',
      why: "stands in the list already, at [0]",
      remedy: "Remove it.",
    });
  });

  test("names a security group once", () => {
    const group = "sg-0123456789abcdef0";
    expect(problemWith({ "application.securityGroupIds": [group, group] })).toMatchObject({
      key: "prod.application.securityGroupIds[1]",
      value: `"${group}"`,
    });
  });

  test("names whom to write to once, in whatever spelling", () => {
    expect(problemWith({ "alarms.emails": ["dba@example.com", "DBA@example.com"] })).toEqual({
      key: "prod.alarms.emails[1]",
      value: '"DBA@example.com"',
      why: "stands in the list already, at [0]",
      remedy: "Remove it.",
    });
  });

  test("never carries postgres over", () => {
    expect(problemWith({ extraRoles: ["postgres"] }).key).toBe("prod.extraRoles[0]");
  });
});

describe("The alarm of the backlog", () => {
  test.each([
    [4, 256, 64],
    [1, 64, 16],
  ])("comes before pgBackRest drops WAL at %d GiB, which is %d segments", (queueGiB, segments, remedied) => {
    const changes = {
      "repository.pgbackrest.archivePushQueueMaxGiB": queueGiB,
      "alarms.readySegments": segments,
    };
    expect(problemWith(changes)).toEqual({
      key: "prod.alarms.readySegments",
      value: String(segments),
      why: `comes too late: pgBackRest drops WAL once ${queueGiB} GiB wait, which is ${segments} segments`,
      remedy: `Write a quarter of that, ${remedied}, or raise repository.pgbackrest.archivePushQueueMaxGiB.`,
    });
    expect(problemsOf(prodWith({ ...changes, "alarms.readySegments": segments - 1 }))).toEqual([]);
  });
});

test("An environment's name leaves room for S3's 63 characters in the relay bucket's name", () => {
  const changes = {
    name: "sixteen-letters-",
    "aws.region": "ap-southeast-2",
    "target.network.availabilityZone": "ap-southeast-2a",
  };
  expect(problemWith(changes)).toEqual({
    key: "prod.name",
    value: '"sixteen-letters-"',
    why: expect.stringContaining("longer than S3's 63 characters"),
    remedy: "Use a name of at most 11 characters in this region.",
  });
});

test("Sixteen characters fit in eu-west-2", () => {
  expect(problemsOf(prodWith({ name: "sixteen-letters-" }))).toEqual([]);
});

test("A default takes part in a rule as if it had been written", () => {
  const input = prodWith({
    "database.sizeGiB": 30,
    repository: {
      hostKey: environments.prod.repository.hostKey,
      pgbackrest: { repo3: { cipher: { type: "none" } } },
    },
  });
  const { network } = environments.prod.target;
  expect(problemsOf({ ...input, target: { network } })).toMatchObject([
    { key: "prod.target.dataVolumeGiB", value: "50" },
  ]);
});
