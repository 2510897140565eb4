import type { PluginResult } from "./agent";

export type InvocationStatus =
  "Pending" | "InProgress" | "Success" | "Failed" | "TimedOut" | "Cancelling" | "Cancelled";

/** The agent's order of precedence: Failed, TimedOut, Cancelled, Success; a skipped plugin is a success. */
export function overall(results: readonly PluginResult[]): [InvocationStatus, string] {
  const has = (status: PluginResult["status"]): boolean => results.some((result) => result.status === status);
  if (has("Failed")) return ["Failed", "Failed"];
  if (has("TimedOut")) return ["TimedOut", "ExecutionTimedOut"];
  if (has("Cancelled")) return ["Cancelled", "Cancelled"];
  return ["Success", "Success"];
}
