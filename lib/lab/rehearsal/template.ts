import type { EmbeddedDocument } from "../ssm/endpoint";

/** A synthesized CloudFormation template, as far as the lab reads it. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** The SSM documents of a template, with what only a deployment knows filled in by stand-ins. */
export function documentsOf(template: Template): EmbeddedDocument[] {
  return resourcesOf(template, "AWS::SSM::Document").map((properties) => ({
    name: text(properties["Name"]),
    documentType: properties["DocumentType"] === "Automation" ? "Automation" : "Command",
    content: resolved(properties["Content"], template),
  }));
}

/** The names of the template's buckets that have one; the others no step knows. */
export function bucketNamesOf(template: Template): string[] {
  return resourcesOf(template, "AWS::S3::Bucket").flatMap(({ BucketName: name }) =>
    typeof name === "string" ? [name] : [],
  );
}

/** The names of the template's log groups that have one. */
export function logGroupNamesOf(template: Template): string[] {
  return resourcesOf(template, "AWS::Logs::LogGroup").flatMap(({ LogGroupName: name }) =>
    typeof name === "string" ? [name] : [],
  );
}

/**
 * The parameters that a template puts into Parameter Store. `references`: what only a deployment knows, by the type of the
 * resource that a value refers to.
 */
export function parametersOf(
  template: Template,
  references: Readonly<Record<string, string>>,
): { name: string; value: string }[] {
  return resourcesOf(template, "AWS::SSM::Parameter").map(({ Name: name, Value: value }) => {
    if (typeof value === "string") return { name: text(name), value };
    const { Ref: logicalId } = value as { Ref?: unknown };
    const type = template.Resources[text(logicalId)]?.Type ?? "";
    return { name: text(name), value: text(references[type]) };
  });
}

function resourcesOf(template: Template, type: string): Readonly<Record<string, unknown>>[] {
  return Object.values(template.Resources)
    .filter((resource) => resource.Type === type)
    .map((resource) => resource.Properties ?? {});
}

/** Ref and Fn::GetAtt are what the runbook's documents use; anything else has no stand-in, and is refused by name. */
function resolved(value: unknown, template: Template): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, template));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [[key, argument] = ["", undefined]] = entries;
  if (entries.length === 1 && key === "Ref") return nameOf(text(argument), template);
  if (entries.length === 1 && key === "Fn::GetAtt" && Array.isArray(argument)) {
    return `arn:aws:lab:::${nameOf(text(argument[0]), template)}`;
  }
  if (entries.length === 1 && key.startsWith("Fn::")) {
    throw new Error(`The lab knows no stand-in for ${key} in an SSM document.`);
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, resolved(item, template)]));
}

/** A resource's own name where it has one, and its logical id where CloudFormation would make one up. */
function nameOf(logicalId: string, template: Template): string {
  const { LogGroupName, RoleName, BucketName } = template.Resources[logicalId]?.Properties ?? {};
  const name = LogGroupName ?? RoleName ?? BucketName;
  return typeof name === "string" ? name : logicalId;
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new Error(`Expected a text in the template, found ${JSON.stringify(value)}.`);
}
