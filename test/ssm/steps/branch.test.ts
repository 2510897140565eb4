import { parameterReference } from "../../../lib/ssm/reference";
import { branch } from "../../../lib/ssm/steps/branch";
import type { Condition } from "../../../lib/ssm/steps/condition";
import { refusalsOfSteps, sampleStep } from "../sample";

const RUN = parameterReference("RunId");
const IS_FIRST: Condition = { variable: RUN, operator: "StringEquals", value: "r00000000" };

function refusals(...conditions: Condition[]): string[] {
  const choices = conditions.map((when) => ({ when, nextStep: "dump" }));
  return refusalsOfSteps(branch({ name: "choice", choices, default: "dump" }).content, sampleStep("dump"));
}

test("a branch is written with its choices, their conditions and its default", () => {
  const isLong: Condition = { variable: "{{ look.Size }}", operator: "NumericGreater", value: 11 };
  const step = branch({
    name: "choice",
    choices: [
      { when: IS_FIRST, nextStep: "dump" },
      { when: { and: [{ not: IS_FIRST }, { or: [isLong, IS_FIRST] }] }, nextStep: "reopen" },
    ],
    default: "report",
  });
  const first = { Variable: "{{ RunId }}", StringEquals: "r00000000" };
  expect(step.content).toEqual({
    name: "choice",
    action: "aws:branch",
    inputs: {
      Choices: [
        { ...first, NextStep: "dump" },
        {
          And: [{ Not: first }, { Or: [{ Variable: "{{ look.Size }}", NumericGreater: 11 }, first] }],
          NextStep: "reopen",
        },
      ],
      Default: "report",
    },
  });
});

test("a branch without a choice is refused", () => {
  expect(refusals()).toEqual(["step choice has no choice"]);
});

test("a comparison of what is not one reference is refused", () => {
  expect(refusals(IS_FIRST)).toEqual([]);
  expect(refusals({ not: { ...IS_FIRST, variable: "RunId" } })).toEqual([
    'step choice compares "RunId", which is not one reference',
  ]);
  expect(refusals({ ...IS_FIRST, variable: `${RUN}${RUN}` })).toEqual([
    'step choice compares "{{ RunId }}{{ RunId }}", which is not one reference',
  ]);
});

test("And and Or of fewer than two conditions are refused", () => {
  expect(refusals({ and: [IS_FIRST, IS_FIRST] }, { or: [IS_FIRST, IS_FIRST] })).toEqual([]);
  expect(refusals({ and: [IS_FIRST] }, { or: [] })).toEqual([
    "step choice combines 1 condition with And, and AWS wants two at least",
    "step choice combines 0 condition with Or, and AWS wants two at least",
  ]);
});
