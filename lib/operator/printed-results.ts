import type { SSMClient } from "@aws-sdk/client-ssm";
import { describeAwsError } from "./aws-error";
import type { Clock } from "./clock";
import { commandOutput } from "./command-output";
import type { Execution } from "./execution";
import type { StoredResult } from "./relay";
import type { HostName } from "./step";
import { lastStepResult } from "./step-result";

/** What the steps of a run printed: all that there is of an automation of the host stack, which has no relay. */
export class PrintedResults {
  readonly location = "the output of the run's commands";

  constructor(
    private readonly execution: Execution,
    private readonly sources: { ssm: SSMClient; clock: Clock },
  ) {}

  /** The last result of the name: on which host its step ran does not matter. */
  async readFirst(_directories: readonly HostName[], result: string): Promise<StoredResult> {
    const step = this.execution.steps.find(({ name }) => name === stepOf(result));
    if (step === undefined) return { kind: "absent" };
    try {
      // The step's output is cut at 2,500 characters.
      const content =
        lastStepResult(step.output ?? "") ?? lastStepResult(await commandOutput(step, this.sources));
      return content === null ? { kind: "absent" } : { kind: "read", content };
    } catch (error) {
      return { kind: "unreadable", reason: describeAwsError(error) };
    }
  }
}

/** `restore-drill-repo3` is the result of the step `restoreDrillRepo3`. */
function stepOf(result: string): string {
  return result.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
