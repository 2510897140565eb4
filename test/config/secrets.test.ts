import { networkSource, prodWith, problemsOf, problemWith, refusal } from "./prod-with";
import { validateEnvironment } from "../../lib/config/validate";

const PRIVATE_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE";
const WITHHELD = "(withheld: it looks like a secret)";

test("An ARN where a secret's name is wanted is refused, and the name in it offered", () => {
  const passwordSecret = "arn:aws:secretsmanager:eu-west-2:111122223333:secret:prod/tracker/source-AbC123";
  expect(problemWith({ source: { ...networkSource, passwordSecret } })).toEqual({
    key: "prod.source.passwordSecret",
    value: JSON.stringify(passwordSecret),
    why: "is an ARN where a secret's name is wanted",
    remedy: 'Write the secret\'s name: "prod/tracker/source".',
  });
});

test.each(["application.secretName", "repository.pgbackrest.repo3.cipher.passSecret"])(
  "%s wants a name too, and an ARN of another service is no name either",
  (key) => {
    const arn = "arn:aws:kms:eu-west-2:111122223333:key/1234";
    expect(problemWith({ [key]: arn })).toMatchObject({
      key: `prod.${key}`,
      value: JSON.stringify(arn),
      why: "is an ARN where a secret's name is wanted",
      remedy: expect.stringContaining("the name of a secret in Secrets Manager"),
    });
  },
);

test("A password where a secret's name is wanted is refused and not repeated", () => {
  const password = "correct horse battery staple";
  const source = { ...networkSource, passwordSecret: password };
  expect(problemWith({ source })).toMatchObject({
    key: "prod.source.passwordSecret",
    value: WITHHELD,
    why: "is no secret's name",
    remedy: expect.stringContaining("Keep the secret itself in Secrets Manager"),
  });
  expect(refusal(() => validateEnvironment(prodWith({ source })))?.message).not.toContain(password);
});

test.each([
  ["an unknown key named after a password", "database.password", "hunter2"],
  ["an unknown key named after a secret", "aws.secretAccessKey", "abcd"],
  ["a number as a password", "database.password", 1234],
  ["a connection string with a password", "repository.hostName", "postgres://tracker:hunter2@db.example.com"],
  ["a connection string of key words", "database.name", "host=db password=hunter2"],
  ["an access key", "aws.account", "AKIAIOSFODNN7EXAMPLE"],
  ["a private key in place of the host's public one", "repository.hostKey", PRIVATE_KEY],
  [
    "a package source with a password",
    "target.packageSources.postgresql.url",
    "https://me:hunter2@apt.example.com/pg",
  ],
  ["a private key", "target.dumpDirectory", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc"],
])("The value of %s is withheld", (_, key, value) => {
  const problem = problemWith({ [key]: value });
  expect(problem).toMatchObject({ key: `prod.${key}`, value: WITHHELD });
  expect(problem.why + problem.remedy).not.toContain(String(value));
});

test("What stands inside an unknown group or list is counted, not shown", () => {
  expect(problemWith({ "database.login": { user: "a", pin: "hunter2" } }).value).toBe("(a group of 2 keys)");
  expect(problemWith({ "database.login": ["a", "hunter2"] }).value).toBe("(a list of 2)");
});

test.each([
  [
    "application.secretName",
    { source: { ...networkSource, passwordSecret: "shared" }, "application.secretName": "shared" },
    "prod.source.passwordSecret",
  ],
  [
    "application.secretName",
    { "application.secretName": "shared", "repository.pgbackrest.repo3.cipher.passSecret": "shared" },
    "prod.repository.pgbackrest.repo3.cipher.passSecret",
  ],
  [
    "application.secretName",
    {
      "application.secretName": "shared",
      "repository.pgbackrest.repo2.cipher": { type: "aes-256-cbc", passSecret: "shared" },
    },
    "prod.repository.pgbackrest.repo2.cipher.passSecret",
  ],
  [
    "source.passwordSecret",
    {
      source: { ...networkSource, passwordSecret: "shared" },
      "repository.pgbackrest.repo3.cipher.passSecret": "shared",
    },
    "prod.repository.pgbackrest.repo3.cipher.passSecret",
  ],
  [
    "source.passwordSecret",
    {
      source: { ...networkSource, passwordSecret: "shared" },
      "repository.pgbackrest.repo2.cipher": { type: "aes-256-cbc", passSecret: "shared" },
    },
    "prod.repository.pgbackrest.repo2.cipher.passSecret",
  ],
])("One secret cannot serve both %s and another purpose (%#)", (first, changes, key) => {
  expect(problemWith(changes)).toEqual({
    key,
    value: '"shared"',
    why: `names the same secret as ${first}`,
    remedy: expect.stringContaining("one secret, one purpose"),
  });
});

test("Both repositories may have one passphrase", () => {
  const { passSecret } = { passSecret: "placeholder/prod/pgbackrest/repo3-cipher-pass" };
  const changes = { "repository.pgbackrest.repo2.cipher": { type: "aes-256-cbc", passSecret } };
  expect(problemsOf(prodWith(changes))).toEqual([]);
});

test("A cipher without the name of its passphrase's secret is refused", () => {
  const changes = { "repository.pgbackrest.repo3.cipher": { type: "aes-256-cbc" } };
  expect(problemWith(changes)).toMatchObject({
    key: "prod.repository.pgbackrest.repo3.cipher.passSecret",
    why: "is missing",
  });
});
