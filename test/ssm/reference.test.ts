import {
  outputReference,
  parameterReference,
  referencesIn,
  systemReference,
  variableReference,
} from "../../lib/ssm/reference";
import type { ExecuteAwsApiContent } from "../../lib/ssm/steps/execute-aws-api";
import { refusalsOf, refusalsOfSteps, sampleAutomation, sampleStep } from "./sample";

const lock = sampleStep("lock");

/** A step that puts the value into an API's input. */
function using(value: string, name = "report"): ExecuteAwsApiContent {
  const inputs = { Service: "sns", Api: "Publish", Message: { deep: [value] } };
  return { name, action: "aws:executeAwsApi", inputs };
}

function undefinedIn(value: string, part = "step report"): string {
  return `${part} uses ${value}, which nothing defines`;
}

test("references are written as AWS reads them", () => {
  const written = [
    parameterReference("RunId"),
    outputReference("lock", "Output"),
    variableReference("phase"),
    systemReference("automation:EXECUTION_ID"),
  ];
  expect(written).toEqual([
    "{{ RunId }}",
    "{{ lock.Output }}",
    "{{ variable:phase }}",
    "{{ automation:EXECUTION_ID }}",
  ]);
  expect(referencesIn(written).map(({ kind }) => kind)).toEqual([
    "parameter",
    "output",
    "variable",
    "system",
  ]);
});

describe("references that are taken", () => {
  test.each([
    "{{RunId}}",
    "a {{ RunId }} b {{ lock.CommandId }}",
    "{{ global:DATE_TIME }}",
    "{{ variable:phase }}",
  ])("%s", (value) => {
    const variables = { phase: { type: "String" as const, description: "How far.", default: "start" } };
    expect(refusalsOf(sampleAutomation([lock, using(value)], { variables }))).toEqual([]);
  });

  test("an API's own output", () => {
    const describe: ExecuteAwsApiContent = {
      ...using("x", "look"),
      outputs: [{ Name: "State", Selector: "$.State", Type: "String" }],
    };
    expect(refusalsOfSteps(describe, using("{{ look.State }}"))).toEqual([]);
  });

  test("an output of a step that every way to here has succeeded in, also by a failure of a later one", () => {
    const steps = [
      lock,
      sampleStep("dump", { onFailure: "step:report", onCancel: "step:report" }),
      sampleStep("restore"),
      using("{{ lock.Output }}"),
    ];
    expect(refusalsOfSteps(...steps)).toEqual([]);
  });
});

describe("an undefined variable is refused", () => {
  test.each([
    "{{ Undeclared }}",
    "{{ variable:undeclared }}",
    "{{ global:TIME }}",
    "{{ automation:NAME }}",
    "{{ missing.Output }}",
    "{{ lock.Stdout }}",
    "{{ ssm:/parameter/store }}",
    "{{ two words }}",
    "{{}}",
    "{{ constructor }}",
  ])("%s", (value) => {
    expect(refusalsOfSteps(lock, using(value))).toEqual([undefinedIn(value)]);
  });

  test("as the role, where no step has run yet", () => {
    const content = sampleAutomation([lock], { assumeRole: "{{ lock.Output }}" });
    expect(refusalsOf(content)).toEqual([undefinedIn("{{ lock.Output }}", "assumeRole")]);
    expect(refusalsOf({ ...content, assumeRole: "{{ AutomationAssumeRole }}" })).toEqual([
      undefinedIn("{{ AutomationAssumeRole }}", "assumeRole"),
    ]);
  });

  test("in a branch's condition", () => {
    const Choices = [{ Variable: "{{ lok.Status }}", StringEquals: "Success", NextStep: "lock" }];
    const choice = { name: "choice", action: "aws:branch" as const, inputs: { Choices } };
    expect(refusalsOfSteps(choice, lock)).toEqual([undefinedIn("{{ lok.Status }}", "step choice")]);
  });
});

describe("an output that may not exist yet is refused", () => {
  test("of a step that only runs later", () => {
    expect(refusalsOfSteps(using("{{ lock.Output }}"), lock)).toEqual([
      "step report uses {{ lock.Output }}, and lock never runs before it",
    ]);
  });

  test("of the step itself", () => {
    expect(refusalsOfSteps(using("{{ report.State }}"))).toEqual([undefinedIn("{{ report.State }}")]);
    const self = sampleStep("lock", { inputs: { ...lock.inputs, InstanceIds: ["{{ lock.Output }}"] } });
    expect(refusalsOfSteps(self)).toEqual([
      "step lock uses {{ lock.Output }}, and lock never runs before it",
    ]);
  });

  test("of the other side of a branch", () => {
    const Choices = [{ Variable: "{{ RunId }}", StringEquals: "r00000000", NextStep: "report" }];
    const choice = { name: "choice", action: "aws:branch" as const, inputs: { Choices } };
    expect(refusalsOfSteps(choice, { ...lock, isEnd: true }, using("{{ lock.Output }}"))).toEqual([
      "step report uses {{ lock.Output }}, and lock never runs before it",
    ]);
  });

  test.each([
    ["by a branch that passes the step by", { onFailure: "Abort" }, "r00000000"],
    ["by the step's failure, after which it continues", { onFailure: "Continue" }, undefined],
    ["by the step's failure, from which it jumps", { onFailure: "step:report" }, undefined],
    ["by the step's cancel", { onCancel: "step:report" }, undefined],
  ])("reached also %s", (_way, changes, passedBy) => {
    const Choices = [{ Variable: "{{ RunId }}", StringEquals: passedBy ?? "", NextStep: "report" }];
    const choice = { name: "choice", action: "aws:branch" as const, inputs: { Choices } };
    const steps = [
      ...(passedBy === undefined ? [] : [choice]),
      { ...lock, ...changes },
      using("{{ lock.Output }}"),
    ];
    expect(refusalsOfSteps(...steps)).toEqual([
      "step report uses {{ lock.Output }}, and there is a way to it on which lock has not succeeded",
    ]);
  });
});

describe("a document's outputs", () => {
  test("may be any step's, whether it runs in every case or not, and any variable", () => {
    const variables = { phase: { type: "String" as const, description: "How far.", default: "start" } };
    const outputs = ["lock.Output", "lock.Status", "variable:phase"];
    expect(refusalsOf(sampleAutomation([lock], { variables, outputs }))).toEqual([]);
  });

  test.each(["lock.Stdout", "missing.Output", "RunId", "lock", "variable:undeclared", "{{ lock.Output }}"])(
    "are refused when nothing gives them: %s",
    (output) => {
      expect(refusalsOf(sampleAutomation([lock], { outputs: [output] }))).toEqual([
        `output ${output} is no output of a step and no variable`,
      ]);
    },
  );

  test("are refused when the API has no room for their name", () => {
    const name = "x".repeat(44);
    expect(refusalsOf(sampleAutomation([sampleStep(name)], { outputs: [`${name}.Output`] }))).toEqual([
      `output ${name}.Output has a name of more than 50 characters`,
    ]);
  });
});
