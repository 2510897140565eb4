import { automation, command, runs } from "./document-samples";
import { EndpointFixture, statuses, step } from "./endpoint-fixture";
import { fastClock } from "./fast-clock";

const branching = (
  name: string,
  condition: Record<string, unknown>,
  fallback: Record<string, unknown> = {},
) =>
  automation(
    name,
    [
      {
        name: "choose",
        action: "aws:branch",
        inputs: { Choices: [{ NextStep: "yes", ...condition }], ...fallback },
      },
      runs("no", "fine", { isEnd: true }),
      runs("yes", "fine", { isEnd: true }),
    ],
    {
      parameters: {
        Text: { type: "String", default: "TimescaleDB" },
        Number: { type: "Integer", default: 17 },
      },
    },
  );

const text = (operation: string, operand: unknown) => ({ Variable: "{{ Text }}", [operation]: operand });
const number = (operation: string, operand: unknown) => ({ Variable: "{{ Number }}", [operation]: operand });

describe("aws:branch", () => {
  const taken: Record<string, Record<string, unknown>> = {
    StringEquals: text("StringEquals", "TimescaleDB"),
    EqualsIgnoreCase: text("EqualsIgnoreCase", "timescaledb"),
    StartsWith: text("StartsWith", "Time"),
    EndsWith: text("EndsWith", "DB"),
    Contains: text("Contains", "scale"),
    NumericEquals: number("NumericEquals", 17),
    NumericGreater: number("NumericGreater", 16),
    NumericLesser: number("NumericLesser", 18),
    NumericGreaterOrEquals: number("NumericGreaterOrEquals", 17),
    NumericLesserOrEquals: number("NumericLesserOrEquals", 17),
    BooleanEquals: { Variable: "true", BooleanEquals: true },
    And: { And: [text("StartsWith", "T"), number("NumericEquals", 17)] },
    Or: { Or: [text("StartsWith", "x"), number("NumericEquals", 17)] },
    Not: { Not: text("StringEquals", "PostGIS") },
    nested: {
      And: [{ Or: [text("Contains", "zzz"), text("Contains", "DB")] }, { Not: number("NumericEquals", 1) }],
    },
  };
  const passed: Record<string, Record<string, unknown>> = {
    StringEquals: text("StringEquals", "timescaledb"),
    NumericGreater: number("NumericGreater", 17),
    And: { And: [text("StartsWith", "T"), number("NumericEquals", 1)] },
    Or: { Or: [text("StartsWith", "x"), number("NumericEquals", 1)] },
    Not: { Not: text("StringEquals", "TimescaleDB") },
  };
  let fixture: EndpointFixture;

  beforeAll(async () => {
    fixture = await EndpointFixture.start([
      command("fine", "true"),
      ...Object.entries(taken).map(([name, condition]) => branching(`taken-${name}`, condition)),
      ...Object.entries(passed).map(([name, condition]) => branching(`passed-${name}`, condition)),
      branching("falling-back", text("StringEquals", "x"), { Default: "yes" }),
    ]);
  });
  afterAll(() => fixture.close());

  test.each(Object.keys(taken))("goes where %s holds", async (name) => {
    expect(statuses(await fixture.automate(`taken-${name}`))).toEqual([
      "choose=Success",
      "no=Pending",
      "yes=Success",
    ]);
  });

  test.each(Object.keys(passed))("goes on with the next step where %s does not hold", async (name) => {
    expect(statuses(await fixture.automate(`passed-${name}`))).toEqual([
      "choose=Success",
      "no=Success",
      "yes=Pending",
    ]);
  });

  test("goes to Default where nothing holds", async () => {
    expect(statuses(await fixture.automate("falling-back"))).toEqual([
      "choose=Success",
      "no=Pending",
      "yes=Success",
    ]);
  });
});

describe("aws:executeAwsApi", () => {
  const calls: unknown[] = [];
  const answer = { Versions: [{ Number: 7, Tags: ["a", "b"] }, { Number: 8 }], Name: "tracker", Empty: null };
  const api = (name: string, outputs: unknown[], inputs = {}, settings = {}) =>
    automation(name, [
      {
        name: "call",
        action: "aws:executeAwsApi",
        inputs: { Service: "s3", Api: "ListThings", ...inputs },
        outputs,
        ...settings,
      },
    ]);
  let fixture: EndpointFixture;

  beforeAll(async () => {
    fixture = await EndpointFixture.start(
      [
        api(
          "reading",
          [
            { Name: "Name", Selector: "$.Name", Type: "String" },
            { Name: "First", Selector: "$.Versions[0].Number", Type: "Integer" },
            { Name: "Tags", Selector: "$.Versions[0].Tags", Type: "StringList" },
            { Name: "Numbers", Selector: "$.Versions[*].Number", Type: "MapList" },
            { Name: "Absent", Selector: "$.Nothing[3].Here", Type: "String" },
          ],
          { Bucket: "{{ global:ACCOUNT_ID }}-bucket", Deep: { Keys: ["{{ global:REGION }}"] } },
        ),
        api("mistyped", [{ Name: "Name", Selector: "$.Name", Type: "Integer" }]),
        api("refused", [], { Api: "Refuse" }),
        api("hanging", [], { Api: "Hang" }),
        api(
          "of-the-endpoint",
          [{ Name: "Id", Selector: "$.InstanceInformationList[0].InstanceId", Type: "String" }],
          {
            Service: "ssm",
            Api: "DescribeInstanceInformation",
          },
        ),
      ],
      {
        clock: fastClock(100),
        awsApi: (service, operation, inputs) => {
          calls.push([service, operation, inputs]);
          if (operation === "Refuse") return Promise.reject(new Error("AccessDenied"));
          return operation === "Hang" ? new Promise(() => undefined) : Promise.resolve(answer);
        },
      },
    );
  });
  afterAll(() => fixture.close());

  test("hands the operation its inputs and takes its outputs by their selectors", async () => {
    expect(step(await fixture.automate("reading"), "call").Outputs).toEqual({
      Name: ["tracker"],
      First: ["7"],
      Tags: ["a", "b"],
      Numbers: ["7", "8"],
      Absent: [""],
    });
    expect(calls).toContainEqual([
      "s3",
      "ListThings",
      { Bucket: "123456789012-bucket", Deep: { Keys: ["eu-west-2"] } },
    ]);
  });

  test("fails on an output of another type", async () => {
    expect(step(await fixture.automate("mistyped"), "call")).toMatchObject({
      StepStatus: "Failed",
      FailureMessage: expect.stringContaining("Name is no Integer") as string,
    });
  });

  test("fails with what the operation said", async () => {
    expect(step(await fixture.automate("refused"), "call").FailureMessage).toMatch(
      /s3 Refuse: Error: AccessDenied/,
    );
  });

  test("is TimedOut after 25 seconds", async () => {
    expect(step(await fixture.automate("hanging"), "call").StepStatus).toBe("TimedOut");
  });

  test("asks the endpoint itself for the service ssm", async () => {
    expect(step(await fixture.automate("of-the-endpoint"), "call").Outputs).toEqual({
      Id: [fixture.host.instanceId],
    });
  });
});

describe("aws:runCommand with Targets", () => {
  const restart = (targets: unknown, inputs = {}) =>
    automation("restarting", [
      {
        name: "restart",
        action: "aws:runCommand",
        inputs: { DocumentName: "restarts", Targets: targets, TimeoutSeconds: 60, ...inputs },
      },
    ]);
  const byId = [{ Key: "InstanceIds", Values: ["i-0123456789abcdef0"] }];

  test("runs the document on the instances that they name", async () => {
    const fixture = await EndpointFixture.start([command("restarts", "echo restarted"), restart(byId)]);
    const execution = await fixture.automate("restarting");
    await fixture.close();
    expect(statuses(execution)).toEqual(["restart=Success"]);
    expect(step(execution, "restart").Outputs?.["Output"]?.[0]).toContain("restarted");
  });

  test.each([
    ["a tag", restart([{ Key: "tag:Name", Values: ["tracker"] }]), "Targets with the key tag:Name"],
    ["instances named twice", restart(byId, { InstanceIds: ["i-1"] }), "InstanceIds beside Targets"],
    [
      "none",
      automation("restarting", [
        { name: "x", action: "aws:runCommand", inputs: { DocumentName: "restarts" } },
      ]),
      "InstanceIds is missing",
    ],
  ])("is refused by name for %s", async (_, document, problem) => {
    await expect(EndpointFixture.start([command("restarts", "true"), document])).rejects.toThrow(problem);
  });
});

describe("aws:sleep", () => {
  let fixture: EndpointFixture;

  beforeAll(async () => {
    fixture = await EndpointFixture.start(
      [
        automation("a-while", [{ name: "wait", action: "aws:sleep", inputs: { Duration: "PT1M5S" } }]),
        automation("until-past", [
          { name: "wait", action: "aws:sleep", inputs: { Timestamp: "2020-01-01T00:00:00Z" } },
        ]),
        automation("too-long", [{ name: "wait", action: "aws:sleep", inputs: { Duration: "P8D" } }]),
      ],
      { clock: fastClock(200) },
    );
  });
  afterAll(() => fixture.close());

  test("waits as long as its Duration says", async () => {
    const wait = step(await fixture.automate("a-while"), "wait");
    const milliseconds = (wait.ExecutionEndTime?.getTime() ?? 0) - (wait.ExecutionStartTime?.getTime() ?? 0);
    expect(milliseconds).toBeGreaterThanOrEqual(64_000);
  });

  test("does not wait for a time that is past", async () => {
    expect((await fixture.automate("until-past")).AutomationExecutionStatus).toBe("Success");
  });

  test("fails for more than seven days", async () => {
    expect(step(await fixture.automate("too-long"), "wait").StepStatus).toBe("Failed");
  });
});
