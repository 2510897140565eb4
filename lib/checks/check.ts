import type { Environment } from "../config/environment";

/** Who makes a check: the step of the runbook that has its file, assets/steps/checks/ID.sh or assets/sql/preflight/ID.sql. */
export const checkSteps = [
  "check-source",
  "check-database",
  "check-target",
  "check-repository",
  "check-aws",
  "check-plan",
] as const;
export type CheckStep = (typeof checkSteps)[number];

/** What a finding means for the window. */
export const verdicts = ["pass", "warn", "fail"] as const;
export type Verdict = (typeof verdicts)[number];

/** One look at what could spoil the window, before it. It only reads. */
export interface Check {
  /** Such as `source-prepared-transactions`; begins with what is looked at. Also what `--allow` names. */
  readonly id: string;
  /** What is looked at, and what it would spoil: one or two sentences, for the table in the README's docs. */
  readonly meaning: string;
  /** What to do where it warns or fails; a finding may bring a remedy of its own. */
  readonly remedy: string;
  /** Seconds after which the check is ended and counts as failed. */
  readonly seconds: number;
  /** The id of an earlier check of the same step without which this one cannot be made. */
  readonly needs?: string;
  /** Whether the check is made for an environment at all; of every one unless it says so. */
  readonly applies?: (environment: Environment) => boolean;
}
