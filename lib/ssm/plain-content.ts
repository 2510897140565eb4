import type { Finding } from "./problem";

/** SSM's limit on a document, in bytes of its JSON. */
const MAXIMUM_BYTES = 65_536;

// As long as the longest value that our documents take from CloudFormation: the ARN of a role or a topic.
const STAND_IN = "<known at deployment>".padEnd(128, "~");

/**
 * A resolved content with plain strings in place of CloudFormation's functions: what is known only at deployment
 * becomes a stand-in of 128 bytes, and `Fn::Join` is joined around it. The shape of the content stays.
 */
export function plainContent<T>(resolved: T): T {
  return plain(resolved) as T;
}

/** Whether a value, or a part of it, is known only at deployment: its form cannot be checked before. */
export function isKnownAtDeployment(value: unknown): boolean {
  return typeof value === "string" && value.includes(STAND_IN);
}

/** The content, as JSON, must fit into a document. */
export function sizeFindings(content: unknown): Finding[] {
  const bytes = Buffer.byteLength(JSON.stringify(content));
  if (bytes <= MAXIMUM_BYTES) return [];
  return [
    {
      why: `has ${bytes} bytes of JSON, and SSM takes at most ${MAXIMUM_BYTES}`,
      remedy: "move a part of it to a document of its own.",
    },
  ];
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const [first, ...others] = Object.entries(value);
  if (first !== undefined && others.length === 0) {
    const [key, argument] = first;
    if (key === "Fn::Join") return joined(argument);
    if (key === "Ref" || key.startsWith("Fn::")) return STAND_IN;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

function joined(argument: unknown): string {
  const [delimiter, parts]: unknown[] = Array.isArray(argument) ? argument : [];
  if (typeof delimiter !== "string" || !Array.isArray(parts)) return STAND_IN;
  return parts.map((part) => String(plain(part))).join(delimiter);
}
