import type { Finding } from "../problem";
import { commonContent, ifSet, type CommonContent, type StepOptions } from "./common";
import { conditionContent, conditionFindings, type Condition, type ConditionContent } from "./condition";
import type { AutomationStep } from "./step";

/** Jumps to the first choice whose condition holds. No outputs. */
export interface BranchOptions extends Omit<StepOptions, "nextStep"> {
  choices: { when: Condition; nextStep: string }[];
  /** What follows when no condition holds; unless set, the following step, or with isEnd the end of the run. */
  default?: string;
}

export interface BranchContent extends CommonContent {
  action: "aws:branch";
  inputs: { Choices: (ConditionContent & { NextStep: string })[]; Default?: string };
}

export function branch(options: BranchOptions): AutomationStep {
  return {
    content: {
      ...commonContent(options),
      action: "aws:branch",
      inputs: {
        Choices: options.choices.map(({ when, nextStep }) => ({
          ...conditionContent(when),
          NextStep: nextStep,
        })),
        ...ifSet("Default", options.default),
      },
    },
  };
}

/** What is wrong with a step that branches, but for its jumps, which the graph shows. */
export function branchFindings({ inputs }: BranchContent): Finding[] {
  if (inputs.Choices.length === 0) {
    return [{ why: "has no choice", remedy: "give it one, or leave the step out." }];
  }
  return inputs.Choices.flatMap(conditionFindings);
}
