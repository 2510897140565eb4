import type { Finding } from "../problem";
import { referencesIn } from "../reference";

/** What a branch compares: `variable` is one reference, such as `outputReference("dump", "Status")`. */
export type Comparison = { variable: string } & (
  | { operator: TextOperator; value: string }
  | { operator: NumericOperator; value: number }
  | { operator: "BooleanEquals"; value: boolean }
);

export type TextOperator = "StringEquals" | "EqualsIgnoreCase" | "StartsWith" | "EndsWith" | "Contains";
export type NumericOperator =
  "NumericEquals" | "NumericGreater" | "NumericLesser" | "NumericGreaterOrEquals" | "NumericLesserOrEquals";

/** When a choice is taken. `and` and `or` have two conditions at least. */
export type Condition = Comparison | { and: Condition[] } | { or: Condition[] } | { not: Condition };

/** The same as it stands in a document. */
export type ConditionContent =
  | ({ Variable: string } & { [O in TextOperator]?: string } & { [O in NumericOperator]?: number } & {
      BooleanEquals?: boolean;
    })
  | { And: ConditionContent[] }
  | { Or: ConditionContent[] }
  | { Not: ConditionContent };

export function conditionContent(condition: Condition): ConditionContent {
  if ("and" in condition) return { And: condition.and.map(conditionContent) };
  if ("or" in condition) return { Or: condition.or.map(conditionContent) };
  if ("not" in condition) return { Not: conditionContent(condition.not) };
  return { Variable: condition.variable, [condition.operator]: condition.value };
}

/** What is wrong with a condition. */
export function conditionFindings(condition: ConditionContent): Finding[] {
  if ("And" in condition) return combinationFindings("And", condition.And);
  if ("Or" in condition) return combinationFindings("Or", condition.Or);
  if ("Not" in condition) return conditionFindings(condition.Not);
  return variableFindings(condition.Variable);
}

function combinationFindings(operator: "And" | "Or", conditions: ConditionContent[]): Finding[] {
  const findings = conditions.flatMap(conditionFindings);
  if (conditions.length >= 2) return findings;
  return [
    ...findings,
    {
      why: `combines ${conditions.length} condition with ${operator}, and AWS wants two at least`,
      remedy: "write the one condition without it.",
    },
  ];
}

function variableFindings(variable: string): Finding[] {
  const [only, ...others] = referencesIn(variable);
  if (only?.written === variable && others.length === 0) return [];
  return [
    {
      why: `compares ${JSON.stringify(variable)}, which is not one reference`,
      remedy: "name a parameter, a variable or an output, as {{ ... }}.",
    },
  ];
}
