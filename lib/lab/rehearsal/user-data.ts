import type { Template } from "./template";

/**
 * The user data of the template's one instance, as EC2 would be given it. `references`: what only a deployment knows, by
 * the type of the resource that is referred to, or the pseudo parameter's name.
 */
export function userDataOf(template: Template, references: Readonly<Record<string, string>>): string {
  const instances = Object.values(template.Resources).filter(({ Type }) => Type === "AWS::EC2::Instance");
  const [instance, another] = instances;
  if (instance === undefined || another !== undefined) {
    throw new Error(`The template has ${instances.length} instances; the lab boots one.`);
  }
  return resolved(memberOf(instance.Properties?.["UserData"], "Fn::Base64"), (name) => {
    const value = references[template.Resources[name]?.Type ?? name];
    if (value !== undefined) return value;
    throw new Error(`The lab knows no stand-in for ${name}, to which the user data refers.`);
  });
}

/** The text of a string, a Ref, or an Fn::Join of such. */
function resolved(value: unknown, reference: (name: string) => string): string {
  if (typeof value === "string") return value;
  if (isObject(value) && typeof value["Ref"] === "string") return reference(value["Ref"]);
  const join = memberOf(value, "Fn::Join");
  if (Array.isArray(join) && typeof join[0] === "string" && Array.isArray(join[1])) {
    return join[1].map((part: unknown) => resolved(part, reference)).join(join[0]);
  }
  throw new Error(`The lab cannot read this in user data: ${JSON.stringify(value).slice(0, 200)}`);
}

function memberOf(value: unknown, key: string): unknown {
  if (isObject(value) && key in value) return value[key];
  throw new Error(
    `Expected ${key} in the instance's user data, found ${JSON.stringify(value)?.slice(0, 200)}.`,
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
