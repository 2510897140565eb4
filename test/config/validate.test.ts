import { environments } from "../../bin/environments";
import { ConfigurationError } from "../../lib/config/problem";
import { validateEnvironment } from "../../lib/config/validate";
import { validateEnvironments } from "../../lib/config/validate-all";
import { prodWith, problemsOf, refusal } from "./prod-with";

describe("One environment", () => {
  test("is refused with all its problems at once, malformed keys and broken rules alike", () => {
    const changes = {
      "aws.account": "1",
      "versions.postgresql": "16",
      "target.colour": "red",
      "target.rootVolumeGiB": 5,
      "target.dataVolumeGiB": 20,
      "repository.sshFrom": "0.0.0.0/0",
      "repository.pgbackrest.backups.full": "Sunday",
    };
    expect(
      problemsOf(prodWith(changes))
        .map(({ key }) => key)
        .sort(),
    ).toEqual(
      Object.keys(changes)
        .map((key) => `prod.${key}`)
        .sort(),
    );
  });

  test("is refused in one message that gives key, value and remedy of each problem", () => {
    const error = refusal(() => validateEnvironment(prodWith({ "aws.account": "1", "relay.expireDays": 0 })));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error?.message).toBe(
      [
        "The configuration has 2 problems:",
        "  prod.aws.account is no AWS account: it is not 12 digits.",
        '    value:  "1"',
        '    remedy: Write the AWS account, 12 digits in quotes, such as "111122223333".',
        "  prod.relay.expireDays is below the least value, 1.",
        "    value:  0",
        "    remedy: Write a whole number of days, 1 to 365.",
      ].join("\n"),
    );
  });

  test.each([null, undefined, "prod", 3, []])("is never %p", (input) => {
    expect(problemsOf(input)).toMatchObject([{ key: "prod" }]);
  });

  test("is called by its own name where the caller gives no key", () => {
    const error = refusal(() => validateEnvironment(prodWith({ name: "other", "dump.jobs": 0 })));
    expect(error?.problems[0]?.key).toBe("other.dump.jobs");
  });

  test("is not changed by its validation", () => {
    const input = prodWith({ "dump.jobs": undefined });
    const before = structuredClone(input);
    validateEnvironment(input);
    expect(input).toEqual(before);
  });
});

describe("Several environments", () => {
  const { staging, prod } = environments;

  test("are refused with the problems of all of them", () => {
    const inputs = { staging: { ...staging, name: "Staging" }, prod: prodWith({ "dump.jobs": 0 }) };
    const keys = refusal(() => validateEnvironments(inputs))?.problems.map(({ key }) => key);
    expect(keys).toEqual(["staging.name", "prod.dump.jobs"]);
  });

  test("stand each under their own name", () => {
    const error = refusal(() => validateEnvironments({ staging, production: prod }));
    expect(error?.problems).toEqual([
      {
        key: "production.name",
        value: '"prod"',
        why: 'differs from its key in the file, "production"',
        remedy: 'Write "production".',
      },
    ]);
  });

  test.each([
    [
      "an address in one subnet",
      {
        "target.network.subnetId": staging.target.network.subnetId,
        "target.network.privateAddress": staging.target.network.privateAddress,
      },
      "prod.target.network.privateAddress",
    ],
    [
      "a stanza on one repository host",
      { "repository.pgbackrest.stanza": "tracker-ts-staging" },
      "prod.repository.pgbackrest.stanza",
    ],
    [
      "the application's secret in one account",
      { "aws.account": staging.aws.account, "application.secretName": staging.application.secretName },
      "prod.application.secretName",
    ],
  ])("cannot share %s", (_, changes, key) => {
    const error = refusal(() => validateEnvironments({ staging, prod: prodWith(changes) }));
    expect(error?.problems).toMatchObject([
      { key, why: expect.stringContaining("staging too"), remedy: expect.stringMatching(/of its own\.$/) },
    ]);
  });

  test("may give secrets of two accounts one name", () => {
    const { secretName } = staging.application;
    const inputs = { staging, prod: prodWith({ "application.secretName": secretName }) };
    expect(refusal(() => validateEnvironments(inputs))).toBeUndefined();
  });

  test("may use one address in two subnets", () => {
    const { privateAddress } = staging.target.network;
    const inputs = { staging, prod: prodWith({ "target.network.privateAddress": privateAddress }) };
    expect(refusal(() => validateEnvironments(inputs))).toBeUndefined();
  });

  test("may give stanzas on two repository hosts one name", () => {
    const changes = {
      "repository.pgbackrest.stanza": "tracker-ts-staging",
      "repository.hostName": "other.example.com",
      "repository.address": "172.31.203.210",
      "repository.sshFrom": "172.31.203.210/32",
    };
    expect(refusal(() => validateEnvironments({ staging, prod: prodWith(changes) }))).toBeUndefined();
  });
});
