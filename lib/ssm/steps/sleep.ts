import type { Finding } from "../problem";
import { commonContent, type CommonContent, type StepOptions } from "./common";
import type { AutomationStep } from "./step";

/** Waits. No outputs. */
export interface SleepOptions extends StepOptions {
  /** At most 604,800, which is 7 days. */
  seconds: number;
}

export interface SleepContent extends CommonContent {
  action: "aws:sleep";
  inputs: {
    /** ISO 8601: `PT90S`. */
    Duration: string;
  };
}

const MAXIMUM_SECONDS = 604_800;

export function sleep(options: SleepOptions): AutomationStep {
  return {
    content: {
      ...commonContent(options),
      action: "aws:sleep",
      inputs: { Duration: `PT${options.seconds}S` },
    },
  };
}

/** What is wrong with a step that waits. */
export function sleepFindings({ inputs }: SleepContent): Finding[] {
  const [, digits] = /^PT([0-9]+)S$/.exec(inputs.Duration) ?? [];
  const seconds = Number(digits);
  if (seconds >= 1 && seconds <= MAXIMUM_SECONDS) return [];
  return [
    {
      why: `sleeps for ${inputs.Duration}`,
      remedy: `use a whole number of seconds from 1 to ${MAXIMUM_SECONDS}.`,
    },
  ];
}
