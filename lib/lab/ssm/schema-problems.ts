import type { z } from "zod";
import { isRecord } from "./references";

/** One line for each thing in a document that the lab does not know, with the step's name and action where it is in one. */
export function schemaProblems(error: z.ZodError, content: unknown): string[] {
  return error.issues.map((issue) => `${place(issue.path, content)}: ${issue.message}`);
}

function place(path: readonly PropertyKey[], content: unknown): string {
  const [first, index, ...rest] = path;
  const steps = isRecord(content) ? content["mainSteps"] : undefined;
  const step: unknown = first === "mainSteps" && Array.isArray(steps) ? steps[Number(index)] : undefined;
  if (!isRecord(step)) return path.map(String).join(".") || "document";
  return [`step ${String(step["name"])} (${String(step["action"])})`, ...rest.map(String)].join(" ");
}
