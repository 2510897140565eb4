import { asText, isRecord } from "../references";

const COMPARISONS: Record<string, (variable: unknown, operand: unknown) => boolean> = {
  StringEquals: (variable, operand) => asText(variable) === asText(operand),
  EqualsIgnoreCase: (variable, operand) => asText(variable).toLowerCase() === asText(operand).toLowerCase(),
  StartsWith: (variable, operand) => asText(variable).startsWith(asText(operand)),
  EndsWith: (variable, operand) => asText(variable).endsWith(asText(operand)),
  Contains: (variable, operand) => asText(variable).includes(asText(operand)),
  NumericEquals: (variable, operand) => Number(variable) === Number(operand),
  NumericGreater: (variable, operand) => Number(variable) > Number(operand),
  NumericLesser: (variable, operand) => Number(variable) < Number(operand),
  NumericGreaterOrEquals: (variable, operand) => Number(variable) >= Number(operand),
  NumericLesserOrEquals: (variable, operand) => Number(variable) <= Number(operand),
  BooleanEquals: (variable, operand) => asText(variable).toLowerCase() === asText(operand).toLowerCase(),
};

/** What in a choice's condition AWS would refuse: an unknown operation, or no single condition. */
export function choiceProblems(condition: unknown): string[] {
  if (!isRecord(condition)) return ["a condition is no map"];
  const { Variable: variable, ...rest } = condition;
  const [key, ...more] = Object.keys(rest);
  if (key === undefined || more.length > 0)
    return [`a condition has ${more.length === 0 ? "no" : "more than one"} operation`];
  if (key === "And" || key === "Or") {
    return Array.isArray(rest[key]) ? rest[key].flatMap(choiceProblems) : [`${key} is no list`];
  }
  if (key === "Not") return choiceProblems(rest[key]);
  if (!Object.hasOwn(COMPARISONS, key)) return [`aws:branch has no operation ${key}`];
  return variable === undefined ? [`${key} has no Variable`] : [];
}

/** Whether a condition holds; its references are resolved already, and it may carry its choice's NextStep. */
export function isTrue(condition: unknown): boolean {
  if (!isRecord(condition)) return false;
  if (Array.isArray(condition["And"])) return condition["And"].every(isTrue);
  if (Array.isArray(condition["Or"])) return condition["Or"].some(isTrue);
  if (condition["Not"] !== undefined) return !isTrue(condition["Not"]);
  const [operation, compare] =
    Object.entries(COMPARISONS).find(([name]) => Object.hasOwn(condition, name)) ?? [];
  if (operation === undefined || compare === undefined) return false;
  return compare(condition["Variable"], condition[operation]);
}
