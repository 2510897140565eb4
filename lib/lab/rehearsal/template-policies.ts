import { isRecord } from "../ssm/references";
import type { Template } from "./template";

/** What only a deployment knows of a policy's ARNs. */
export interface Deployed {
  readonly region: string;
  readonly account: string;
}

/** The inline policies of the role of this name, as a template has them. */
export function inlinePoliciesOf(template: Template, deployed: Deployed): Record<string, unknown> {
  const roles = resourcesOf(template, "AWS::IAM::Role").map(({ Policies }) => Policies);
  const policies = roles.flatMap((list) => (Array.isArray(list) ? list : [])).filter(isRecord);
  return Object.fromEntries(
    policies.map(({ PolicyName, PolicyDocument }) => [
      String(PolicyName),
      filledIn(PolicyDocument, template, deployed),
    ]),
  );
}

/** The managed policies of a template, each with the roles that it names. */
export function managedPoliciesOf(
  template: Template,
  deployed: Deployed,
): { name: string; roles: string[]; document: unknown }[] {
  return resourcesOf(template, "AWS::IAM::ManagedPolicy").map(
    ({ ManagedPolicyName, Roles, PolicyDocument }) => ({
      name: String(ManagedPolicyName),
      roles: (Array.isArray(Roles) ? Roles : []).filter((role) => typeof role === "string"),
      document: filledIn(PolicyDocument, template, deployed),
    }),
  );
}

/** The buckets of a template that have a name, with the ARN of the key that encrypts what lies in them. */
export function bucketKeysOf(template: Template, deployed: Deployed): { bucket: string; key: string }[] {
  return resourcesOf(template, "AWS::S3::Bucket").flatMap(({ BucketName, BucketEncryption }) => {
    const key = keyIn(filledIn(BucketEncryption, template, deployed));
    return typeof BucketName === "string" && key !== undefined ? [{ bucket: BucketName, key }] : [];
  });
}

function keyIn(encryption: unknown): string | undefined {
  const found = /"KMSMasterKeyID":"([^"]+)"/.exec(JSON.stringify(encryption) ?? "");
  return found?.[1];
}

function resourcesOf(template: Template, type: string): Readonly<Record<string, unknown>>[] {
  return Object.values(template.Resources)
    .filter((resource) => resource.Type === type)
    .map((resource) => resource.Properties ?? {});
}

/** Every reference in a value, filled in with what a deployment would have: ARNs whole, so that a simulation can go by them. */
function filledIn(value: unknown, template: Template, deployed: Deployed): unknown {
  if (Array.isArray(value)) return value.map((item) => filledIn(item, template, deployed));
  if (!isRecord(value)) return value;
  const [key, argument] = Object.entries(value)[0] ?? [];
  if (key === "Ref") return pseudoParameter(String(argument), deployed);
  if (key === "Fn::GetAtt" && Array.isArray(argument)) return arnOf(String(argument[0]), template, deployed);
  if (key === "Fn::Join" && Array.isArray(argument)) {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => String(filledIn(part, template, deployed))).join(separator);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, filledIn(item, template, deployed)]),
  );
}

function pseudoParameter(name: string, { region, account }: Deployed): string {
  const known: Record<string, string> = {
    "AWS::Partition": "aws",
    "AWS::Region": region,
    "AWS::AccountId": account,
  };
  return known[name] ?? name;
}

function arnOf(logicalId: string, template: Template, { region, account }: Deployed): string {
  return template.Resources[logicalId]?.Type === "AWS::KMS::Key"
    ? `arn:aws:kms:${region}:${account}:key/${logicalId}`
    : `arn:aws:lab:::${logicalId}`;
}
