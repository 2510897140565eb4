import type { Environment } from "../config/environment";
import { awsChecks } from "./aws";
import type { Check, CheckStep } from "./check";
import { planChecks } from "./plan";
import { repositoryChecks } from "./repository";
import { sourceChecks, sourceDatabaseChecks } from "./source";
import { targetChecks } from "./target";

/** Every check, in the order in which its step makes them. */
export const catalogue: Readonly<Record<CheckStep, readonly Check[]>> = {
  "check-source": sourceChecks,
  "check-database": sourceDatabaseChecks,
  "check-target": targetChecks,
  "check-repository": repositoryChecks,
  "check-aws": awsChecks,
  "check-plan": planChecks,
};

/** The checks that a step makes for this environment. */
export function checksOf(environment: Environment, step: CheckStep): readonly Check[] {
  return catalogue[step].filter(({ applies }) => applies?.(environment) ?? true);
}
