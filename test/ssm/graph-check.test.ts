import { checkAutomation } from "../../lib/ssm/graph-check";
import { DocumentError } from "../../lib/ssm/problem";
import type { BranchContent } from "../../lib/ssm/steps/branch";
import { refusalsOf, refusalsOfSteps, sampleAutomation, sampleStep } from "./sample";

const fence = sampleStep("fence");
const dump = sampleStep("dump");
const reopen = sampleStep("reopen");
const approval = {
  name: "approval",
  action: "aws:approve" as const,
  inputs: { Approvers: ["operator"], MinRequiredApprovals: 1, Message: "Go?" },
};

function choice(
  inputs: Partial<BranchContent["inputs"]>,
  changes: Partial<BranchContent> = {},
): BranchContent {
  const Choices = [{ Variable: "{{ RunId }}", StringEquals: "r00000000", NextStep: "reopen" }];
  return { name: "choice", action: "aws:branch", ...changes, inputs: { Choices, ...inputs } };
}

describe("ways that are taken", () => {
  test("steps that follow one another as they are listed", () => {
    expect(refusalsOfSteps(fence, dump, reopen)).toEqual([]);
  });

  test("failures that jump to one clean-up step later in the list, which success passes by", () => {
    const steps = [
      { ...fence, onFailure: "step:reopen" },
      { ...dump, onFailure: "step:reopen", onCancel: "step:reopen", nextStep: "report" },
      reopen,
      sampleStep("report"),
    ];
    expect(refusalsOfSteps(...steps)).toEqual([]);
  });

  test("a last step before the clean-up that ends the run", () => {
    expect(refusalsOfSteps({ ...fence, onFailure: "step:reopen" }, { ...dump, isEnd: true }, reopen)).toEqual(
      [],
    );
  });

  test("a jump back in the list, as long as nothing runs twice", () => {
    const steps = [
      { ...fence, nextStep: "dump" },
      { ...reopen, isEnd: true },
      { ...dump, nextStep: "reopen" },
    ];
    expect(refusalsOfSteps(...steps)).toEqual([]);
  });

  test("a failure that continues with the step that success goes to", () => {
    expect(refusalsOfSteps({ ...fence, onFailure: "Continue" }, { ...dump, onFailure: "Abort" })).toEqual([]);
  });

  test("an end whose failure continues: the run ends, and is not Failed", () => {
    expect(refusalsOfSteps({ ...dump, onFailure: "Continue", isEnd: true })).toEqual([]);
  });

  test("a branch without a default that goes on with the following step", () => {
    expect(refusalsOfSteps(choice({}), dump, reopen)).toEqual([]);
  });

  test("a step that only an onCancel leads to", () => {
    expect(refusalsOfSteps({ ...dump, isEnd: true, onCancel: "step:reopen" }, reopen)).toEqual([]);
  });
});

describe("a jump to a missing step is refused", () => {
  test.each([
    ["nextStep", { ...dump, nextStep: "nowhere" }],
    ["onFailure", { ...dump, onFailure: "step:nowhere" }],
    ["onCancel", { ...dump, onCancel: "step:nowhere" }],
  ])("by %s", (property, step) => {
    expect(refusalsOfSteps(step)).toEqual([
      `step dump jumps by ${property} to nowhere, and there is no such step`,
    ]);
  });

  test("by a branch's choice and by its default", () => {
    expect(refusalsOfSteps(choice({ Default: "nowhere" }))).toEqual([
      "step choice jumps by a choice to reopen, and there is no such step",
      "step choice jumps by the default to nowhere, and there is no such step",
    ]);
  });
});

describe("an unreachable step is refused", () => {
  test("behind an end", () => {
    expect(refusalsOfSteps({ ...fence, isEnd: true }, dump, reopen)).toEqual([
      "step dump can never be reached",
      "step reopen can never be reached",
    ]);
  });

  test("that a nextStep passes by", () => {
    expect(refusalsOfSteps({ ...fence, nextStep: "reopen" }, dump, reopen)).toEqual([
      "step dump can never be reached",
    ]);
  });

  test("that a branch's default passes by", () => {
    expect(refusalsOfSteps(choice({ Default: "reopen" }), dump, reopen)).toEqual([
      "step dump can never be reached",
    ]);
  });

  test("behind a branch that ends when no choice holds", () => {
    expect(refusalsOfSteps(choice({}, { isEnd: true }), dump, reopen)).toEqual([
      "step dump can never be reached",
    ]);
  });
});

describe("a cycle is refused, with the way around it", () => {
  test("of successes", () => {
    expect(refusalsOfSteps(fence, dump, { ...reopen, nextStep: "fence" })).toEqual([
      "step fence leads back to itself: fence -> dump -> reopen -> fence",
    ]);
  });

  test("of a step that retries itself", () => {
    expect(refusalsOfSteps({ ...dump, onFailure: "step:dump" })).toEqual([
      "step dump leads back to itself: dump -> dump",
    ]);
  });

  test("of failures and successes together", () => {
    expect(refusalsOfSteps(fence, { ...dump, onFailure: "step:fence" })).toEqual([
      "step fence leads back to itself: fence -> dump -> fence",
    ]);
  });

  test("that a branch closes, and each of two", () => {
    const Choices = ["fence", "dump"].map((NextStep) => ({ Variable: "{{ RunId }}", NextStep }));
    expect(refusalsOfSteps(fence, dump, choice({ Choices }))).toEqual([
      "step fence leads back to itself: fence -> dump -> choice -> fence",
      "step dump leads back to itself: dump -> choice -> dump",
    ]);
  });
});

describe("illegal onCancel targets are refused", () => {
  test("a step that waits for approval", () => {
    expect(refusalsOfSteps({ ...dump, onCancel: "step:approval" }, approval)).toEqual([
      "step dump leads by onCancel to approval, an aws:approve step, which AWS refuses after a cancel",
    ]);
  });

  test("a step that sleeps, also further on", () => {
    const pause = { name: "pause", action: "aws:sleep" as const, inputs: { Duration: "PT5S" } };
    expect(refusalsOfSteps({ ...dump, onCancel: "step:reopen" }, reopen, pause)).toEqual([
      "step dump leads by onCancel to pause, an aws:sleep step, which AWS refuses after a cancel",
    ]);
  });

  test("going on as if nothing had happened", () => {
    expect(refusalsOfSteps({ ...dump, onCancel: "Continue" })).toEqual([
      'step dump has the onCancel "Continue"',
    ]);
  });
});

describe("an end that also goes on is refused", () => {
  test("isEnd with an onFailure that jumps", () => {
    expect(refusalsOfSteps(fence, { ...dump, isEnd: true, onFailure: "step:reopen" }, reopen)).toEqual([
      "step dump has isEnd and jumps to reopen on failure: isEnd ends the run either way",
    ]);
  });

  test("isEnd with a nextStep", () => {
    const steps = [
      { ...fence, onFailure: "step:reopen" },
      { ...dump, isEnd: true, nextStep: "reopen" },
      reopen,
    ];
    expect(refusalsOfSteps(...steps)).toEqual([
      "step dump has isEnd and goes on to reopen: isEnd ends the run",
    ]);
  });
});

describe("steps that cannot be told apart or read are refused", () => {
  test("two steps of one name", () => {
    expect(refusalsOfSteps(fence, dump, fence)).toEqual(["step fence has the name of a step before it"]);
  });

  test.each(["re-open", "1st", "", "a.b", "x".repeat(129)])("a step's name that is no word: %j", (name) => {
    expect(refusalsOfSteps(sampleStep(name))).toEqual([`step ${name} is not named as Automation wants it`]);
  });

  test("an onFailure that is neither Abort nor Continue nor a jump", () => {
    expect(refusalsOfSteps({ ...dump, onFailure: "reopen" })).toEqual([
      'step dump has the onFailure "reopen"',
    ]);
  });

  test.each([0, -1, 1.5])("attempts that cannot be counted: %d", (maxAttempts) => {
    expect(refusalsOfSteps({ ...dump, maxAttempts })).toEqual([
      `step dump has a maxAttempts of ${maxAttempts}`,
    ]);
  });

  test("a document without a step", () => {
    expect(refusalsOfSteps()).toEqual(["has no step"]);
  });
});

test("an automation of more than 64 KB is refused", () => {
  const content = sampleAutomation([dump], { description: "x".repeat(65_536) });
  expect(refusalsOf(content)).toEqual([
    expect.stringMatching(/^has \d+ bytes of JSON, and SSM takes at most 65536$/),
  ]);
});

test.each(["", "rehearsal", "arn:aws:iam::123456789012:user/me"])(
  "an automation that acts as no role is refused: %j",
  (assumeRole) => {
    expect(refusalsOf(sampleAutomation([dump], { assumeRole }))).toEqual([
      `assumeRole is "${assumeRole}", which is no role`,
    ]);
  },
);

test("checkAutomation throws every problem at once and takes a faultless document", () => {
  const name = "timescale-cutover-test-Rehearsal";
  expect(() => checkAutomation(name, sampleAutomation([fence, dump]))).not.toThrow();
  const broken = sampleAutomation([{ ...fence, isEnd: true, onFailure: "step:nowhere" }, dump]);
  expect(() => checkAutomation(name, broken)).toThrow(DocumentError);
  expect(() => checkAutomation(name, broken)).toThrow(/^SSM documents have 3 problems:/);
});
