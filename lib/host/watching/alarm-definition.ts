import {
  ComparisonOperator,
  type IAlarmAction,
  type Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";

export const atLeast = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;
export const moreThan = ComparisonOperator.GREATER_THAN_THRESHOLD;
export const atMost = ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD;
export const lessThan = ComparisonOperator.LESS_THAN_THRESHOLD;

/** An alarm, apart from where it reports to. It rings when every one of the last `periods` is beyond the threshold. */
export interface AlarmDefinition {
  /** Kebab case; part of the alarm's whole name. */
  readonly name: string;
  /** What it means, and what to do first. */
  readonly description: string;
  readonly metric: Metric;
  readonly comparison: ComparisonOperator;
  /** In the metric's unit. */
  readonly threshold: number;
  /** Of the metric's length each. */
  readonly periods: number;
  readonly missing: TreatMissingData;
  /** What AWS does about it by itself, beside telling. */
  readonly action?: IAlarmAction;
}

/**
 * What a period without a value means.
 * - `unknown`: AWS publishes the metric or does not; the alarm says that it has no data.
 * - `asBefore`: the host could not read it, because the server is down, say. That is another alarm's matter, and this one
 *   neither clears nor rings because of it.
 * - `alarming`: that there is no value is what the alarm is for.
 */
export const whenMissing = {
  unknown: TreatMissingData.MISSING,
  asBefore: TreatMissingData.IGNORE,
  alarming: TreatMissingData.BREACHING,
} as const;
