import { DescribeDocumentCommand, GetDocumentCommand, ListDocumentsCommand } from "@aws-sdk/client-ssm";
import { type EmbeddedDocument, SsmEndpoint, UnsupportedFeature } from "../../../lib/lab/ssm/endpoint";
import { automation, command, commandOf, runs } from "./document-samples";
import { EndpointFixture } from "./endpoint-fixture";

const load = (document: EmbeddedDocument): SsmEndpoint =>
  new SsmEndpoint({
    documents: [document],
    hosts: [],
    region: "eu-west-2",
    account: "123456789012",
    log: () => undefined,
  });

const environmentVariable = { type: "String", interpolationType: "ENV_VAR" };
const withStep = (step: Record<string, unknown>, extra = {}): EmbeddedDocument =>
  automation("sample", [{ name: "one", inputs: {}, ...step }], extra);
const withPlugin = (plugin: Record<string, unknown>): EmbeddedDocument => ({
  name: "sample",
  documentType: "Command",
  content: {
    schemaVersion: "2.2",
    mainSteps: [{ action: "aws:runShellScript", name: "run", inputs: { runCommand: ["true"] }, ...plugin }],
  },
});
const branchOn = (condition: Record<string, unknown>): EmbeddedDocument =>
  withStep({ action: "aws:branch", inputs: { Choices: [{ NextStep: "one", ...condition }] } });

describe("loading refuses, by name,", () => {
  test.each<[string, EmbeddedDocument, RegExp]>([
    [
      "an action of a Command document",
      withPlugin({ action: "aws:runPowerShellScript" }),
      /step run .*aws:runPowerShellScript/,
    ],
    [
      "a plugin's finallyStep",
      commandOf("sample", [{ name: "run", script: ["true"], inputs: { finallyStep: true } }]),
      /step run .*finallyStep/,
    ],
    [
      "a plugin's onSuccess",
      commandOf("sample", [{ name: "run", script: ["true"], inputs: { onSuccess: "exit" } }]),
      /onSuccess/,
    ],
    [
      "another precondition than Linux",
      withPlugin({ precondition: { StringEquals: ["platformType", "Windows"] } }),
      /precondition/,
    ],
    [
      "an ENV_VAR parameter that is interpolated as well",
      command("sample", "echo {{ Word }}", { parameters: { Word: environmentVariable } }),
      /\{\{ Word \}\} interpolates an ENV_VAR parameter; use \$SSM_Word/,
    ],
    ["a value from Parameter Store", command("sample", "echo {{ ssm:word }}"), /Parameter Store/],
    [
      "a default that its own pattern refuses",
      command("sample", "true", {
        parameters: { Word: { type: "String", default: "", allowedPattern: "^.+$" } },
      }),
      /default.*allowed pattern/,
    ],
    [
      "a constraint that the lab does not check",
      command("sample", "true", { parameters: { Word: { type: "String", maxChars: 3 } } }),
      /maxChars/,
    ],
    [
      "a parameter type that the lab does not know",
      command("sample", "true", { parameters: { Word: { type: "StringMap" } } }),
      /parameters\.Word\.type/,
    ],
    ["a document of more than 64 KB", command("sample", "x".repeat(70_000)), /at most 65,536/],
    [
      "an action of an Automation document",
      withStep({ action: "aws:changeInstanceState" }),
      /step one: aws:changeInstanceState is not one of/,
    ],
    [
      "a setting of a step",
      withStep({ action: "aws:sleep", inputs: { Duration: "PT1S" }, whenever: true }),
      /step one \(aws:sleep\).*whenever/,
    ],
    [
      "an input of aws:runCommand",
      automation("sample", [runs("one", "fine", {}, { OutputS3BucketName: "x" })]),
      /aws:runCommand with OutputS3BucketName/,
    ],
    [
      "an operation that aws:branch has not",
      branchOn({ Variable: "x", StringEqualsIgnoreCase: "X" }),
      /no operation StringEqualsIgnoreCase/,
    ],
    [
      "a selector that is not understood",
      withStep({
        action: "aws:executeAwsApi",
        inputs: { Service: "s3", Api: "X" },
        outputs: [{ Name: "A", Selector: "$..B", Type: "String" }],
      }),
      /selector \$\.\.B/,
    ],
    [
      "a jump to a step that is not there",
      withStep({ action: "aws:sleep", inputs: { Duration: "PT1S" }, onFailure: "step:two" }),
      /no step is named two/,
    ],
    [
      "a cancellation that leads to aws:sleep",
      withStep({ action: "aws:sleep", inputs: { Duration: "PT1S" }, onCancel: "step:one" }),
      /onCancel cannot lead to aws:sleep/,
    ],
    [
      "a variable that is defined nowhere",
      withStep({ action: "aws:sleep", inputs: { Duration: "{{ Long }}" } }),
      /\{\{ Long \}\} is defined nowhere/,
    ],
    [
      "an output of a step that is not there",
      withStep({ action: "aws:sleep", inputs: { Duration: "PT1S" } }, { outputs: ["two.Output"] }),
      /two\.Output/,
    ],
    [
      "an approval of more than 30 days",
      withStep({ action: "aws:approve", inputs: { Approvers: ["a"] }, timeoutSeconds: 2_592_001 }),
      /timeoutSeconds over 2592000/,
    ],
    [
      "files of a document",
      withStep({ action: "aws:sleep", inputs: { Duration: "PT1S" } }, { files: {} }),
      /files/,
    ],
  ])("%s", (_what, document, message) => {
    expect(() => load(document)).toThrow(UnsupportedFeature);
    expect(() => load(document)).toThrow(message);
  });

  test("everything at once, so that one run names all", () => {
    const document = automation("sample", [
      { name: "one", action: "aws:pause", inputs: {} },
      { name: "two", action: "aws:loop", inputs: {} },
    ]);
    expect(() => load(document)).toThrow(/aws:pause[^]*aws:loop/);
  });
});

describe("the documents of the endpoint", () => {
  let fixture: EndpointFixture;

  beforeAll(async () => {
    fixture = await EndpointFixture.start([
      command("alpha", "true", {
        parameters: { Word: { type: "String", description: "a word", default: "x" } },
      }),
      automation("beta", [runs("one", "alpha")]),
    ]);
  });
  afterAll(() => fixture.close());

  test("are given back as they were handed over", async () => {
    const found = await fixture.client.send(new GetDocumentCommand({ Name: "beta" }));
    expect(JSON.parse(found.Content ?? "")).toEqual(automation("beta", [runs("one", "alpha")]).content);
    expect(found).toMatchObject({ DocumentType: "Automation", DocumentFormat: "JSON", DocumentVersion: "1" });
  });

  test("are described with their parameters", async () => {
    const found = await fixture.client.send(new DescribeDocumentCommand({ Name: "alpha" }));
    expect(found.Document).toMatchObject({
      SchemaVersion: "2.2",
      Parameters: [{ Name: "Word", Type: "String", Description: "a word", DefaultValue: "x" }],
    });
  });

  test("are found by the beginning of their names and by their type", async () => {
    const list = async (Key: string, value: string): Promise<unknown> =>
      (
        await fixture.client.send(new ListDocumentsCommand({ Filters: [{ Key, Values: [value] }] }))
      ).DocumentIdentifiers?.map((each) => each.Name);
    expect(await list("Name", "al")).toEqual(["alpha"]);
    expect(await list("DocumentType", "Automation")).toEqual(["beta"]);
  });

  test("are found by ARN too", async () => {
    const Name = "arn:aws:ssm:eu-west-2:123456789012:document/alpha";
    expect((await fixture.client.send(new GetDocumentCommand({ Name }))).Name).toBe("alpha");
  });
});
