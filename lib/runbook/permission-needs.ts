import type { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Environment } from "../config/environment";
import { targetRoleArn } from "./preflight-statements";
import { sourceBucketRights, sourceKeyRights } from "./source-statements";
import { targetStatements } from "./target-statements";

/** Stands for the ARN of the relay's key, which nobody knows before the deployment; simulated-permissions.sh fills it in. */
const RELAY_KEY = "RELAY-KEY";

/** What a role needs, and the one call of iam:SimulatePrincipalPolicy that asks for all of it. */
interface Needs {
  /** As `--cli-input-json` takes it: IAM says of every action what it may on every resource. */
  readonly request: {
    readonly PolicySourceArn: string;
    readonly ActionNames: readonly string[];
    readonly ResourceArns: readonly string[];
    readonly ContextEntries: readonly ContextEntry[];
  };
  /** Of all these pairs the ones that matter. */
  readonly needed: readonly Need[];
}

interface Need {
  readonly action: string;
  readonly resource: string;
}

interface ContextEntry {
  readonly ContextKeyName: string;
  readonly ContextKeyType: "string" | "stringList";
  readonly ContextKeyValues: readonly string[];
}

interface StatementJson {
  readonly Action: string | readonly string[];
  readonly Resource: Arn | readonly Arn[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A text, or what CloudFormation joins to one. */
type Arn =
  string | { readonly "Fn::Join": readonly [string, readonly (string | { readonly Ref: string })[]] };

/**
 * What the runbook's steps need of the target's role: the statements of its policy.
 *
 * @param stack writes the ARNs; nothing is added to it
 */
export function targetNeeds(environment: Environment, stack: Stack): string {
  const statements = targetStatements(environment, stack, RELAY_KEY);
  return asked(environment, stack, targetRoleArn(environment), statements);
}

/** What they need of a managed source's role: the statements by which the relay lets it in. */
export function sourceNeeds(environment: Environment, stack: Stack): string {
  if (environment.source.kind !== "managed") return "";
  const rights = [...sourceBucketRights(environment), sourceKeyRights(environment, RELAY_KEY)];
  const statements = rights.map((right) => new PolicyStatement(right));
  return asked(environment, stack, environment.source.roleArn, statements);
}

function asked(environment: Environment, stack: Stack, role: string, statements: PolicyStatement[]): string {
  const resolved = statements.map((statement) => stack.resolve(statement.toStatementJson()) as StatementJson);
  const needed = resolved.flatMap((statement) => needsOf(statement, environment));
  const needs: Needs = {
    request: {
      PolicySourceArn: role,
      ActionNames: unique(needed.map(({ action }) => action)),
      ResourceArns: unique(needed.map(({ resource }) => resource)),
      ContextEntries: contextOf(resolved),
    },
    needed,
  };
  return JSON.stringify(needs);
}

function needsOf({ Action, Resource }: StatementJson, environment: Environment): Need[] {
  const resources = [Resource].flat().map((resource) => exampleOf(written(resource, environment)));
  return [Action].flat().flatMap((action) => resources.map((resource) => ({ action, resource })));
}

/** All conditions' values together: no two statements may want different ones of a key. */
function contextOf(statements: readonly StatementJson[]): ContextEntry[] {
  const entries = new Map<string, ContextEntry>();
  for (const { Condition = {} } of statements) {
    for (const [operator, keys] of Object.entries(Condition)) {
      for (const [key, values] of Object.entries(keys)) {
        const entry = contextEntry(operator, key, [values].flat());
        const other = entries.get(key);
        if (other !== undefined && JSON.stringify(other) !== JSON.stringify(entry)) {
          throw new Error(
            `Two statements want different values of ${key}: one simulation cannot ask for both.`,
          );
        }
        entries.set(key, entry);
      }
    }
  }
  return [...entries.values()];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Where any one of several values will do, the first; a condition on all of them is asked with all. */
function contextEntry(operator: string, key: string, values: readonly string[]): ContextEntry {
  const isList = operator.startsWith("ForAllValues:");
  return {
    ContextKeyName: key,
    ContextKeyType: isList ? "stringList" : "string",
    ContextKeyValues: (isList ? values : values.slice(0, 1)).map(exampleOf),
  };
}

/** A value that the pattern matches. */
function exampleOf(pattern: string): string {
  return pattern.replaceAll("*", "example").replaceAll("?", "a");
}

function written(arn: Arn, { aws }: Environment): string {
  if (typeof arn === "string") return arn;
  const known: Record<string, string> = {
    "AWS::Partition": "aws",
    "AWS::Region": aws.region,
    "AWS::AccountId": aws.account,
  };
  return arn["Fn::Join"][1].map((part) => (typeof part === "string" ? part : known[part.Ref])).join("");
}
