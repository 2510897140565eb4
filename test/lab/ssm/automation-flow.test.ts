import { automation, command, runs } from "./document-samples";
import { EndpointFixture, statuses, step } from "./endpoint-fixture";
import { fastClock } from "./fast-clock";

const ok = (name: string, settings = {}): Record<string, unknown> => runs(name, "fine", settings);
const fails = (name: string, settings = {}): Record<string, unknown> => runs(name, "fails", settings);

describe("an Automation document", () => {
  let fixture: EndpointFixture;

  beforeAll(async () => {
    fixture = await EndpointFixture.start(
      [
        command("fine", "echo fine"),
        command("fails", "echo half; exit 7"),
        command("endless", "sleep 60"),
        command("says", 'printf %s "$SSM_Word"', {
          parameters: { Word: { type: "String", interpolationType: "ENV_VAR" } },
        }),
        automation("in-order", [ok("one"), ok("two")]),
        automation("jumping-ahead", [ok("one", { nextStep: "three" }), ok("two"), ok("three")]),
        automation("ending-early", [ok("one", { isEnd: true }), ok("two")]),
        automation("aborting", [fails("one"), ok("two")]),
        automation("going-on", [fails("one", { onFailure: "Continue" }), ok("two")]),
        automation("going-on-critical", [
          fails("one", { onFailure: "Continue", isCritical: true }),
          ok("two"),
        ]),
        automation("jumping", [fails("one", { onFailure: "step:three" }), ok("two"), ok("three")]),
        automation("jumping-uncritical", [
          fails("one", { onFailure: "step:three", isCritical: false }),
          ok("two"),
          ok("three"),
        ]),
        automation("failing-end", [fails("one", { isEnd: true, onFailure: "Continue" }), ok("two")]),
        automation("trying-thrice", [fails("one", { maxAttempts: 3 })]),
        automation("timing-out", [runs("one", "endless", { timeoutSeconds: 20 }), ok("two")]),
        automation("timing-out-and-jumping", [
          runs("one", "endless", { timeoutSeconds: 20, onFailure: "step:two" }),
          ok("two"),
        ]),
        automation("unknown-command", [runs("one", "nowhere")]),
        automation("bad-parameter", [runs("one", "says", {}, { Parameters: { Wrod: "x" } })]),
        automation("looping", [ok("one", { nextStep: "two" }), ok("two", { nextStep: "one" })]),
        automation(
          "passing-on",
          [
            runs(
              "first",
              "says",
              {},
              { Parameters: { Word: ["{{ Word }} {{ variable:Colour }} {{ global:REGION }}"] } },
            ),
            runs(
              "second",
              "says",
              {},
              { Parameters: { Word: "{{ first.Output }}/{{ automation:EXECUTION_ID }}" } },
            ),
            runs("third", "says", { isEnd: true }, { Parameters: { Word: "{{ global:DATE_TIME }}" } }),
            ok("never"),
          ],
          {
            parameters: { Word: { type: "String", allowedPattern: "^[a-z]*$", default: "" } },
            variables: { Colour: { type: "String", default: "green" } },
            outputs: ["first.Output", "second.Output", "never.Output"],
          },
        ),
        automation("reading-too-early", [
          { ...runs("one", "says", {}, { Parameters: { Word: "{{ two.Output }}" } }) },
          ok("two"),
        ]),
      ],
      { clock: fastClock(50) },
    );
  });
  afterAll(() => fixture.close());

  test("runs its steps in order and is a Success", async () => {
    const execution = await fixture.automate("in-order");
    expect(execution.AutomationExecutionStatus).toBe("Success");
    expect(statuses(execution)).toEqual(["one=Success", "two=Success"]);
    expect(step(execution, "one")).toMatchObject({
      Action: "aws:runCommand",
      ResponseCode: "0",
      Outputs: { Status: ["Success"], ResponseCode: ["0"], Output: ["fine\n"] },
      Inputs: { DocumentName: '"fine"' },
    });
    expect(step(execution, "one").ExecutionEndTime?.getTime()).toBeLessThanOrEqual(
      step(execution, "two").ExecutionStartTime?.getTime() ?? 0,
    );
  });

  test("goes to nextStep, and what it passed over stays Pending", async () => {
    expect(statuses(await fixture.automate("jumping-ahead"))).toEqual([
      "one=Success",
      "two=Pending",
      "three=Success",
    ]);
  });

  test("ends after the step with isEnd", async () => {
    const execution = await fixture.automate("ending-early");
    expect(execution.AutomationExecutionStatus).toBe("Success");
    expect(statuses(execution)).toEqual(["one=Success", "two=Pending"]);
  });

  test("ends after a failed step with isEnd too", async () => {
    expect(statuses(await fixture.automate("failing-end"))).toEqual(["one=Failed", "two=Pending"]);
  });

  test("is Failed by the first failure, and says which command gave what", async () => {
    const execution = await fixture.automate("aborting");
    expect(execution.AutomationExecutionStatus).toBe("Failed");
    expect(statuses(execution)).toEqual(["one=Failed", "two=Pending"]);
    expect(execution.FailureMessage).toMatch(/Status=\[Failed\], ResponseCode=\[7\], Output=\[half/);
    expect(step(execution, "one")).toMatchObject({
      ResponseCode: "7",
      FailureDetails: { FailureStage: "Invocation", FailureType: "Action" },
      Outputs: { Output: ["half\n\n----------ERROR-------\nfailed to run commands: exit status 7"] },
    });
  });

  test("goes on after a failure with onFailure: Continue, and is a Success", async () => {
    const execution = await fixture.automate("going-on");
    expect(statuses(execution)).toEqual(["one=Failed", "two=Success"]);
    expect(execution.AutomationExecutionStatus).toBe("Success");
  });

  test("is Failed at its end when the step that it went on after is critical", async () => {
    const execution = await fixture.automate("going-on-critical");
    expect(statuses(execution)).toEqual(["one=Failed", "two=Success"]);
    expect(execution.AutomationExecutionStatus).toBe("Failed");
  });

  test("is Failed at its end when a step failed and jumped", async () => {
    const execution = await fixture.automate("jumping");
    expect(statuses(execution)).toEqual(["one=Failed", "two=Pending", "three=Success"]);
    expect(execution.AutomationExecutionStatus).toBe("Failed");
  });

  test("is a Success when the step that failed and jumped has isCritical: false", async () => {
    expect((await fixture.automate("jumping-uncritical")).AutomationExecutionStatus).toBe("Success");
  });

  test("tries a failing step as often as maxAttempts says", async () => {
    const failures = (): number =>
      fixture.lines.filter((line) => line.includes(" fails on source: Failed")).length;
    const before = failures();
    const execution = await fixture.automate("trying-thrice");
    expect(execution.AutomationExecutionStatus).toBe("Failed");
    expect(failures() - before).toBe(3);
  });

  test("cancels the command of a step that is over its time, and is TimedOut", async () => {
    const execution = await fixture.automate("timing-out");
    expect(statuses(execution)).toEqual(["one=TimedOut", "two=Pending"]);
    expect(execution.AutomationExecutionStatus).toBe("TimedOut");
    const commandId = step(execution, "one").Outputs?.["CommandId"]?.[0] ?? "";
    expect(await fixture.invocation(commandId)).toMatchObject({ Status: "Cancelled" });
  });

  test("is TimedOut at its end when a step timed out and jumped", async () => {
    const execution = await fixture.automate("timing-out-and-jumping");
    expect(statuses(execution)).toEqual(["one=TimedOut", "two=Success"]);
    expect(execution.AutomationExecutionStatus).toBe("TimedOut");
  });

  test.each([
    ["a command document that is not there", "unknown-command", /InvalidDocument/],
    ["a parameter that the command document has not", "bad-parameter", /InvalidParameters.*Wrod/],
  ])("fails a step that sends %s", async (_what, document, message) => {
    expect(step(await fixture.automate(document), "one").FailureMessage).toMatch(message);
  });

  test("stops when it comes to a step a second time", async () => {
    expect((await fixture.automate("looping")).AutomationExecutionStatus).toBe("Failed");
  });

  test("hands on parameters, variables, outputs and what it knows of itself", async () => {
    const execution = await fixture.automate("passing-on", { Word: ["sea"] });
    const id = execution.AutomationExecutionId ?? "";
    expect(step(execution, "first").Outputs?.["Output"]).toEqual(["sea green eu-west-2"]);
    expect(step(execution, "second").Outputs?.["Output"]).toEqual([`sea green eu-west-2/${id}`]);
    expect(step(execution, "third").Outputs?.["Output"]?.[0]).toMatch(/^\d{4}-\d\d-\d\d_\d\d\.\d\d\.\d\d$/);
  });

  test("gives the outputs that it names, and AWS's sentence for those of a step that never ran", async () => {
    expect((await fixture.automate("passing-on")).Outputs).toMatchObject({
      "first.Output": [" green eu-west-2"],
      "never.Output": ["No output available yet because the step is not successfully executed"],
    });
  });

  test("fails a step that reads what no step has given yet", async () => {
    expect(step(await fixture.automate("reading-too-early"), "one")).toMatchObject({
      StepStatus: "Failed",
      FailureMessage: expect.stringContaining("{{ two.Output }}") as string,
      FailureDetails: { FailureStage: "InputValidation" },
    });
  });
});
