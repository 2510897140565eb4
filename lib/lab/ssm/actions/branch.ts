import { isRecord } from "../references";
import { type Action, noOutputs, unknownInputs } from "./action";
import { choiceProblems, isTrue } from "./choice";

export const branch: Action = {
  name: "aws:branch",
  mayFollowCancel: true,
  jumps: (step) =>
    [...choices(step.inputs).map((choice) => choice["NextStep"]), step.inputs["Default"]].filter(isString),
  problems: (step) => [
    ...unknownInputs(step, ["Choices", "Default"]),
    ...noOutputs(step),
    ...(choices(step.inputs).length === 0 ? ["Choices is missing or empty"] : []),
    ...choices(step.inputs).flatMap((choice) => {
      const { NextStep: nextStep, ...condition } = choice;
      return [...(isString(nextStep) ? [] : ["a choice has no NextStep"]), ...choiceProblems(condition)];
    }),
  ],
  run({ inputs }) {
    const chosen = choices(inputs).find((choice) => isTrue(choice));
    const nextStep = chosen?.["NextStep"] ?? inputs["Default"];
    return Promise.resolve(isString(nextStep) ? { nextStep } : {});
  },
};

function choices(inputs: Record<string, unknown>): Record<string, unknown>[] {
  return Array.isArray(inputs["Choices"]) ? inputs["Choices"].filter(isRecord) : [];
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}
