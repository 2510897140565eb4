import { targetRoleName } from "../../lib/config/derived";
import { prodWith } from "../runbook/environment";
import { documentNamed, hostTemplate, only } from "./host-template";

interface Statement {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

function roleProperties(environment = prodWith()) {
  return only(hostTemplate(environment), "AWS::IAM::Role", { RoleName: targetRoleName(environment) })
    .Properties;
}

function statements(environment = prodWith()): Statement[] {
  const policies = roleProperties(environment)["Policies"] as {
    PolicyDocument: { Statement: Statement[] };
  }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function statement(sid: string, environment = prodWith()): Statement {
  const found = statements(environment).find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`The role has no statement ${sid}.`);
  return found;
}

function arn(rest: string) {
  return { "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, rest]] };
}

function prodWithRepository(changes: Partial<ReturnType<typeof prodWith>["repository"]["pgbackrest"]>) {
  const { repository } = prodWith();
  return prodWith({ repository: { ...repository, pgbackrest: { ...repository.pgbackrest, ...changes } } });
}

describe("the target's role", () => {
  test("has the name that the runbook attaches its policy to, and is EC2's alone to assume", () => {
    expect(roleProperties()).toMatchObject({
      RoleName: "timescale-cutover-prod-target",
      AssumeRolePolicyDocument: {
        Statement: [
          { Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" } },
        ],
      },
    });
  });

  test("is written by hand: no policy of AWS's, no wildcard of actions, nothing denied by way of exception", () => {
    expect(roleProperties()).not.toHaveProperty("ManagedPolicyArns");
    const all = statements();
    expect(all.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
    expect(all.every(({ Effect }) => Effect === "Allow")).toBe(true);
  });

  test("may what these statements say and nothing else", () => {
    expect(statements().map(({ Sid }) => Sid)).toEqual([
      "BeManagedBySystemsManager",
      "FetchTheRestOfTheBoot",
      "ReadThePassphrasesOfTheRepositories",
      "PublishTheKeysAndTheCertificate",
      "ListTheStanza",
      "ListTheNamesOfStanzas",
      "KeepWalAndBackupsOfTheStanza",
      "WriteTheHostsAndTheRunbooksLogs",
      "PutTheHostsFigures",
      "TellTheStackHowTheBootEnded",
      "AskWhetherTheLocksHolderHasEnded",
    ]);
  });

  test("names every resource, but where AWS knows none", () => {
    const everything = statements().filter(({ Resource }) => Resource === "*");
    expect(everything.map(({ Sid }) => Sid)).toEqual(["BeManagedBySystemsManager", "PutTheHostsFigures"]);
  });

  test("lets the SSM agent take commands and open sessions, and read no parameter of the account", () => {
    const { Action } = statement("BeManagedBySystemsManager");
    expect(Action).toEqual([
      "ssm:UpdateInstanceInformation",
      "ssm:ListInstanceAssociations",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
      "ec2messages:AcknowledgeMessage",
      "ec2messages:DeleteMessage",
      "ec2messages:FailMessage",
      "ec2messages:GetEndpoint",
      "ec2messages:GetMessages",
      "ec2messages:SendReply",
    ]);
  });

  test("may fetch the boot's document and no other", () => {
    const name = documentNamed(hostTemplate(), "boot").Properties["Name"];
    expect(statement("FetchTheRestOfTheBoot")).toMatchObject({
      Action: "ssm:GetDocument",
      Resource: arn(`:ssm:eu-west-2:111122223333:document/${String(name)}`),
    });
  });

  test("may read the passphrase of repo3 by its whole name", () => {
    expect(statement("ReadThePassphrasesOfTheRepositories")).toMatchObject({
      Action: "secretsmanager:GetSecretValue",
      Resource: arn(
        ":secretsmanager:eu-west-2:111122223333:secret:placeholder/prod/pgbackrest/repo3-cipher-pass-??????",
      ),
    });
  });

  test("may read the passphrase of repo2 too where that is encrypted", () => {
    const { repo2 } = prodWith().repository.pgbackrest;
    const encrypted = prodWithRepository({
      repo2: { ...repo2, cipher: { type: "aes-256-cbc", passSecret: "prod/repo2" } },
    });
    const { Resource } = statement("ReadThePassphrasesOfTheRepositories", encrypted);
    expect(Resource).toHaveLength(2);
    expect(JSON.stringify(Resource)).toContain(":secret:prod/repo2-??????");
  });

  test("may read no secret where no repository is encrypted", () => {
    const { repo3 } = prodWith().repository.pgbackrest;
    const plain = prodWithRepository({ repo3: { ...repo3, cipher: { type: "none" } } });
    expect(JSON.stringify(statements(plain))).not.toContain("secretsmanager");
  });

  test("may publish its public keys and its certificate, and see what it published", () => {
    const parameter = (name: string) =>
      arn(`:ssm:eu-west-2:111122223333:parameter/timescale-cutover/prod/${name}`);
    expect(statement("PublishTheKeysAndTheCertificate")).toMatchObject({
      Action: ["ssm:GetParameter", "ssm:PutParameter"],
      Resource: ["postgres-ssh-public-key", "ssh-host-key", "server-certificate"].map(parameter),
    });
  });

  test("may keep and list WAL and backups of its own stanza, and see of others their names", () => {
    const bucket = "arn:aws:s3:::glimpse-timescale-backups";
    expect(statement("KeepWalAndBackupsOfTheStanza")).toMatchObject({
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: [`${bucket}/pgbackrest/archive/tracker-ts/*`, `${bucket}/pgbackrest/backup/tracker-ts/*`],
    });
    expect(statement("ListTheStanza")).toMatchObject({
      Action: "s3:ListBucket",
      Resource: bucket,
      Condition: {
        StringLike: {
          "s3:prefix": ["pgbackrest/archive/tracker-ts/*", "pgbackrest/backup/tracker-ts/*"],
        },
      },
    });
    expect(statement("ListTheNamesOfStanzas")).toMatchObject({
      Action: "s3:ListBucket",
      Resource: bucket,
      Condition: {
        StringEquals: {
          "s3:prefix": ["pgbackrest/archive/", "pgbackrest/backup/"],
          "s3:delimiter": "/",
        },
      },
    });
  });

  test("may not touch the old cluster's stanza, whose name begins its own", () => {
    const granted = JSON.stringify(statements());
    expect(prodWith().repository.pgbackrest.sourceStanza).toBe("tracker");
    expect(granted).not.toContain("/tracker/");
    expect(granted).not.toContain("/tracker*");
  });

  test("keeps to the prefix of repo2, however deep that lies", () => {
    const { repo2 } = prodWith().repository.pgbackrest;
    const deep = prodWithRepository({ repo2: { ...repo2, path: "/a/b" } });
    expect(statement("KeepWalAndBackupsOfTheStanza", deep).Resource).toContain(
      "arn:aws:s3:::glimpse-timescale-backups/a/b/archive/tracker-ts/*",
    );
  });

  test("may write its own log group and the runbook's, where the agent sends what commands print", () => {
    const group = (name: string) => arn(`:logs:eu-west-2:111122223333:log-group:${name}`);
    expect(statement("WriteTheHostsAndTheRunbooksLogs")).toMatchObject({
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [
        group("/timescale-cutover/prod/host"),
        group("/timescale-cutover/prod/host:*"),
        group("/timescale-cutover/prod"),
        group("/timescale-cutover/prod:*"),
      ],
    });
  });

  test("may put metrics into the cutover's namespace and no other", () => {
    expect(statement("PutTheHostsFigures")).toMatchObject({
      Action: "cloudwatch:PutMetricData",
      Condition: { StringEquals: { "cloudwatch:namespace": "TimescaleCutover" } },
    });
  });
});
