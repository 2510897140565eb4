import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Environment } from "../../lib/config/environment";
import { sourceNeeds, targetNeeds } from "../../lib/runbook/permission-needs";
import { Relay } from "../../lib/runbook/relay";
import { targetPolicy } from "../../lib/runbook/roles";
import { everythingConfigured, networkSource, prodWith } from "./environment";

interface Needs {
  request: {
    PolicySourceArn: string;
    ActionNames: string[];
    ResourceArns: string[];
    ContextEntries: { ContextKeyName: string; ContextKeyType: string; ContextKeyValues: string[] }[];
  };
  needed: { action: string; resource: string }[];
}

function needsIn(text: string): Needs {
  return JSON.parse(text) as Needs;
}

function stackOf({ aws }: Environment): Stack {
  return new Stack(new App(), "stack", { env: aws });
}

/** The actions that the policy of the synthesized stack gives, once a resource, but for what preflight itself needs. */
function actionsGiven(environment: Environment): string[] {
  const stack = stackOf(environment);
  targetPolicy(stack, environment, new Relay(stack, "Relay", environment));
  const [policy] = Object.values(Template.fromStack(stack).findResources("AWS::IAM::ManagedPolicy"));
  const statements = policy?.["Properties"].PolicyDocument.Statement as {
    Action: string | string[];
    Resource: unknown;
  }[];
  const ofPreflight = /^(iam:|ssm:Describe)/;
  return statements
    .flatMap(({ Action, Resource }) => [Resource].flat().flatMap(() => Action))
    .filter((action) => !ofPreflight.test(action));
}

describe("what preflight has simulated of the target's role", () => {
  test.each([
    ["a managed source", prodWith()],
    ["a network source", prodWith({ source: networkSource })],
    ["everything configured", everythingConfigured],
  ])("is every action that its policy gives to the steps, with %s", (_, environment) => {
    const { request, needed } = needsIn(targetNeeds(environment, stackOf(environment)));
    expect(needed.map(({ action }) => action).sort()).toEqual(actionsGiven(environment).sort());
    expect(request.PolicySourceArn).toBe("arn:aws:iam::111122223333:role/timescale-cutover-prod-target");
  });

  test("is asked in one call, which has every action, every resource and no wildcard", () => {
    const { request, needed } = needsIn(targetNeeds(everythingConfigured, stackOf(everythingConfigured)));
    expect(new Set(request.ActionNames)).toEqual(new Set(needed.map(({ action }) => action)));
    expect(new Set(request.ResourceArns)).toEqual(new Set(needed.map(({ resource }) => resource)));
    for (const resource of request.ResourceArns) {
      expect(resource).toMatch(/^(arn:aws:[^*?${}]+|RELAY-KEY)$/);
    }
  });

  test("says what a condition goes by: one value where any will do, all where all are looked at", () => {
    const { ContextEntries } = needsIn(
      targetNeeds(everythingConfigured, stackOf(everythingConfigured)),
    ).request;
    expect(ContextEntries).toContainEqual({
      ContextKeyName: "s3:prefix",
      ContextKeyType: "string",
      ContextKeyValues: ["runs/example"],
    });
    expect(ContextEntries).toContainEqual({
      ContextKeyName: "route53:ChangeResourceRecordSetsRecordTypes",
      ContextKeyType: "stringList",
      ContextKeyValues: ["A", "CNAME"],
    });
  });
});

describe("what preflight has simulated of the source's role", () => {
  test("is what the relay's bucket and key let it do", () => {
    const { request, needed } = needsIn(sourceNeeds(prodWith(), stackOf(prodWith())));
    expect(request.PolicySourceArn).toBe("arn:aws:iam::111122223333:role/placeholder-shared-postgresql-host");
    expect(needed.map(({ action }) => action)).toEqual([
      "s3:PutObject",
      "s3:PutObject",
      "s3:GetObject",
      "s3:ListBucket",
      "kms:GenerateDataKey",
      "kms:Decrypt",
    ]);
  });

  test("is nothing where the source has none", () => {
    const environment = prodWith({ source: networkSource });
    expect(sourceNeeds(environment, stackOf(environment))).toBe("");
  });
});
