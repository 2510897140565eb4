import type { Construct } from "constructs";
import { checksOf } from "../checks/catalogue";
import type { Check, CheckStep } from "../checks/check";
import type { Environment } from "../config/environment";
import { assetExists, scriptPart, withoutBashComments } from "../script/asset";
import { allow } from "./parameters";
import { stepDocument, type StepProps } from "./step-document";

export interface CheckDocumentProps extends Pick<
  StepProps,
  "description" | "side" | "connects" | "constants" | "parameters"
> {
  readonly step: CheckStep;
  /** Files in assets/steps/shared, without `.sh`, that the step's checks use. */
  readonly shared?: readonly string[];
  /** Files in assets/sql, beside the checks' own, that the step's checks read as `$SQL/...`. */
  readonly sql?: readonly string[];
}

/** A step of Preflight: all of its checks for this environment, each from a file of its own. */
export function checkDocument(scope: Construct, environment: Environment, props: CheckDocumentProps) {
  const checks = checksOf(environment, props.step);
  const inSql = checks.filter(({ id }) => assetExists("sql", sqlFile(id)));
  const inBash = checks.filter((check) => !inSql.includes(check));
  return stepDocument(scope, environment, {
    ...props,
    // Whoever asked reads the verdicts from the command's output: one of them is whether the relay can be reached.
    relays: "never",
    parameters: { Allow: allow, ...props.parameters },
    shared: [...(props.shared ?? []), "checks"],
    sql: [...(props.sql ?? []), ...inSql.map(({ id }) => sqlFile(id))],
    files: Object.fromEntries(inBash.map(({ id }) => [`${id}.sh`, checkScript(id)])),
    constants: {
      ...props.constants,
      CHECKS: checks.map(({ id, seconds, needs }) => `${id} ${seconds} ${needs ?? "-"}`).join("\n"),
    },
    timeoutSeconds: longest(checks),
  });
}

// Every check to its bound, and the start of the step.
function longest(checks: readonly Check[]): number {
  return checks.reduce((sum, { seconds }) => sum + seconds, 60);
}

function sqlFile(id: string): string {
  return `preflight/${id}.sql`;
}

function checkScript(id: string): string {
  return withoutBashComments(scriptPart("steps", "checks", `${id}.sh`));
}
