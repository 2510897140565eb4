import { createHash } from "node:crypto";

type Intrinsic = { Ref: string } | { "Fn::GetAtt": [string, string] };
export type UserData = { "Fn::Base64": string | { "Fn::Join": [string, (string | Intrinsic)[]] } };

/** The text of the user data, each token as `${LogicalId}`. */
export function userDataText({ "Fn::Base64": text }: UserData): string {
  if (typeof text === "string") return text;
  const [separator, parts] = text["Fn::Join"];
  return parts.map((part) => (typeof part === "string" ? part : `\${${nameOf(part)}}`)).join(separator);
}

/** The user data to look at: what is compressed left out, but a digest of all of it. */
export function readableUserData(userData: UserData): { sha256: string; cloudConfig: unknown } {
  const text = userDataText(userData);
  return {
    sha256: createHash("sha256").update(text).digest("hex"),
    cloudConfig: JSON.parse(text.replace(/^#cloud-config\n/, ""), withoutCompressed),
  };
}

function withoutCompressed(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const file = value as { encoding?: string; content?: string };
  if (file.encoding !== undefined) return { ...file, content: "(compressed)" };
  return typeof file.content === "string" ? { ...file, content: file.content.split("\n") } : value;
}

function nameOf(intrinsic: Intrinsic): string {
  return "Ref" in intrinsic ? intrinsic.Ref : intrinsic["Fn::GetAtt"].join(".");
}
