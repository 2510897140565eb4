import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Match, Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib";
import { environments } from "../../bin/environments";
import { validateEnvironment } from "../../lib/config/validate";
import { RunbookStack } from "../../lib/runbook/runbook-stack";
import { everythingConfigured, networkSource, prodWith } from "./environment";

function templateOf(environment = prodWith()): Template {
  return Template.fromStack(new RunbookStack(new App(), "runbook", { environment }));
}

interface Retained {
  DeletionPolicy?: string;
  Properties: Record<string, unknown>;
}

describe("the runbook stack", () => {
  test.each(["staging", "prod"] as const)("of %s is the one in the snapshot", (name) => {
    const template = templateOf(validateEnvironment(environments[name])).toJSON() as object;
    // The scripts are files of their own, and have tests of their own: a snapshot of them would only repeat them.
    const withoutScripts = JSON.stringify(template, (key, value: unknown) =>
      key === "runCommand" ? "(script)" : key === "TemplateURL" ? "(the nested stack)" : value,
    );
    expect(JSON.parse(withoutScripts)).toMatchSnapshot();
  });

  const template = templateOf();

  test("keeps the relay encrypted with a rotated key, private, and empty after the environment's days", () => {
    template.hasResourceProperties("AWS::KMS::Key", { EnableKeyRotation: true });
    template.hasResourceProperties("AWS::S3::Bucket", {
      BucketName: "timescale-cutover-prod-111122223333-eu-west-2-relay",
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: Match.anyValue() },
          },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: {
        Rules: [Match.objectLike({ ExpirationInDays: 14, Status: "Enabled" })],
      },
    });
  });

  test("lets nobody reach the relay without TLS", () => {
    template.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: "Deny",
            Action: "s3:*",
            Principal: { AWS: "*" },
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          }),
        ]),
      },
    });
  });

  test("lets the source's role put the source's objects of a run and get the writes to carry, and do nothing else", () => {
    const statements = Object.values(template.findResources("AWS::S3::BucketPolicy")).flatMap(
      (policy) => policy["Properties"].PolicyDocument.Statement as Record<string, unknown>[],
    );
    const granted = statements.filter((statement) =>
      JSON.stringify(statement["Principal"]).includes(roleOf()),
    );
    expect(granted).toEqual([
      {
        Sid: "SourcePutsItsObjectsOfARun",
        Effect: "Allow",
        Principal: { AWS: roleOf() },
        Action: "s3:PutObject",
        Resource: [
          "arn:aws:s3:::timescale-cutover-prod-111122223333-eu-west-2-relay/runs/*/source/*",
          "arn:aws:s3:::timescale-cutover-prod-111122223333-eu-west-2-relay/writes/*-conflicts/*",
        ],
      },
      {
        Sid: "SourceGetsTheWritesOfARollback",
        Effect: "Allow",
        Principal: { AWS: roleOf() },
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::timescale-cutover-prod-111122223333-eu-west-2-relay/writes/*",
      },
      {
        Sid: "SourceListsTheWritesOfARollback",
        Effect: "Allow",
        Principal: { AWS: roleOf() },
        Action: "s3:ListBucket",
        Resource: "arn:aws:s3:::timescale-cutover-prod-111122223333-eu-west-2-relay",
        Condition: { StringLike: { "s3:prefix": "writes/*" } },
      },
    ]);
  });

  test("lets the source's role use the key through S3 for the relay alone", () => {
    template.hasResourceProperties("AWS::KMS::Key", {
      KeyPolicy: {
        Statement: Match.arrayWith([
          {
            Sid: "SourceEncryptsThroughS3",
            Effect: "Allow",
            Principal: { AWS: roleOf() },
            Action: ["kms:GenerateDataKey", "kms:Decrypt"],
            Resource: "*",
            Condition: {
              StringEquals: {
                "kms:ViaService": "s3.eu-west-2.amazonaws.com",
                "kms:EncryptionContext:aws:s3:arn":
                  "arn:aws:s3:::timescale-cutover-prod-111122223333-eu-west-2-relay",
              },
            },
          },
        ]),
      },
    });
  });

  test("keeps nothing that has a name when it is destroyed, so that it can be deployed again", () => {
    const resources = Object.values(template.toJSON()["Resources"] as Record<string, Retained>);
    const kept = resources.filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith("Retain"));
    const named = kept.flatMap(({ Properties }) =>
      Object.keys(Properties).filter((key) => key.endsWith("Name")),
    );
    expect(named).toEqual([]);
  });

  test("lets the automations send this environment's commands to the two hosts alone", () => {
    const hosts = automationStatements(template)
      .filter(({ Action }) => Action === "ssm:SendCommand")
      .filter(({ Resource }) => /:instance\/|:managed-instance\//.test(JSON.stringify(Resource)));
    expect(hosts.map(({ Resource, Condition }) => [JSON.stringify(Resource), Condition])).toEqual([
      [
        expect.stringMatching(/:instance\/\*"/),
        { StringEquals: { "ssm:resourceTag/timescale-cutover-target": "prod" } },
      ],
      [expect.stringContaining(":instance/i-0aaaaaaaaaaaaaaaa"), undefined],
    ]);
  });

  test("lets the automations send every step that one of them runs, and the application's restart to its own instances", () => {
    const full = templateOf(everythingConfigured);
    const allowed = JSON.stringify(
      automationStatements(full).filter(({ Action }) => Action === "ssm:SendCommand"),
    );
    const sent = Object.values(full.findResources("AWS::SSM::Document")).flatMap((document) =>
      (document["Properties"].Content.mainSteps as { inputs: { DocumentName?: string } }[]).flatMap(
        ({ inputs }) => inputs.DocumentName ?? [],
      ),
    );
    expect(new Set(sent).size).toBeGreaterThan(35);
    for (const name of sent) expect(allowed).toContain(`:document/${name}"`);
    expect(allowed).toContain('{"StringEquals":{"ssm:resourceTag/Name":["tracker"]}}');
  });

  test("fits into four templates, of each of which CloudFormation takes 1 MB, with a tenth to spare", () => {
    const stack = new RunbookStack(new App(), "runbook", { environment: everythingConfigured });
    const directory = App.of(stack)?.synth().directory ?? "";
    for (const { templateFile } of [stack, stack.preflight, stack.copy, stack.writes]) {
      expect(statSync(join(directory, templateFile)).size).toBeLessThan(900_000);
    }
  });

  test("is in ASCII, whatever the environment's names are: CloudFormation may make a question mark of the rest", () => {
    const database = { ...everythingConfigured.database, name: "Träcker – 角色" };
    const stack = new RunbookStack(new App(), "runbook", {
      environment: { ...everythingConfigured, database },
    });
    const directory = App.of(stack)?.synth().directory ?? "";
    for (const { templateFile } of [stack, stack.preflight, stack.copy, stack.writes]) {
      const found = /.{0,60}[^\x00-\x7f].{0,60}/.exec(readFileSync(join(directory, templateFile), "utf8"));
      expect({ templateFile, found: found?.[0] }).toEqual({ templateFile, found: undefined });
    }
  });

  test("gives no role a wildcard of actions", () => {
    const actions = ["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"].flatMap((type) =>
      Object.values(template.findResources(type)).flatMap((policy) =>
        (policy["Properties"].PolicyDocument.Statement as { Action: string | string[] }[]).flatMap(
          ({ Action }) => Action,
        ),
      ),
    );
    expect(actions.length).toBeGreaterThan(5);
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });

  test("names every document after the environment, and keeps older versions of it", () => {
    const documents = Object.values(template.findResources("AWS::SSM::Document"));
    expect(documents.length).toBeGreaterThan(15);
    for (const document of documents) {
      expect(document["Properties"]).toMatchObject({
        Name: expect.stringMatching(/^timescale-cutover-prod-/),
        UpdateMethod: "NewVersion",
      });
    }
  });

  test("of a network source has no relay of the dump, and lets the target read that source's password", () => {
    const network = templateOf(prodWith({ source: networkSource }));
    const names = Object.values(network.findResources("AWS::SSM::Document")).map(
      (one) => one["Properties"].Name,
    );
    expect(names).not.toContain("timescale-cutover-prod-send-dump");
    network.hasResourceProperties("AWS::IAM::ManagedPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: "ReadTheSourcesPassword",
            Action: "secretsmanager:GetSecretValue",
            Resource: {
              "Fn::Join": [
                "",
                [
                  "arn:",
                  { Ref: "AWS::Partition" },
                  ":secretsmanager:eu-west-2:111122223333:secret:prod/tracker/source-??????",
                ],
              ],
            },
          }),
        ]),
      },
    });
  });
});

function roleOf(): string {
  const { source } = prodWith();
  return source.kind === "managed" ? source.roleArn : "";
}

/** CDK puts what is too long for the role's inline policy into managed ones beside it. */
function automationStatements(template: Template): Record<string, unknown>[] {
  const policies = ["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"].flatMap((type) =>
    Object.entries(template.findResources(type)),
  );
  return policies
    .filter(([logicalId]) => logicalId.startsWith("AutomationRole"))
    .flatMap(([, policy]) => policy["Properties"].PolicyDocument.Statement as Record<string, unknown>[]);
}
