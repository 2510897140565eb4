/** The only status of an automation that means that the run succeeded. */
export const succeeded = "Success";

const finished: ReadonlySet<string> = new Set([
  succeeded,
  "Failed",
  "TimedOut",
  "Cancelled",
  "CompletedWithSuccess",
  "CompletedWithFailure",
  "Rejected",
  "ChangeCalendarOverrideRejected",
  "Exited",
]);

/** A status that is not known counts as in progress: a new one must never pass for an end. */
export function isFinished(status: string): boolean {
  return finished.has(status);
}

export function isFailure(stepStatus: string): boolean {
  return stepStatus === "Failed" || stepStatus === "TimedOut" || stepStatus === "Rejected";
}
