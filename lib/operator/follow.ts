import type { SSMClient } from "@aws-sdk/client-ssm";
import type { Environment } from "../config/environment";
import { describeAwsError, isNamed, isPassing, remedyFor } from "./aws-error";
import type { Clock } from "./clock";
import { InterruptedError, OutcomeUnknownError } from "./errors";
import type { Emit, StepProgress } from "./events";
import { readExecution, type Execution } from "./execution";
import { patiently } from "./patience";
import { isFinished } from "./status";
import { secondsOf } from "./step";

export interface Following {
  ssm: SSMClient;
  environment: Environment;
  executionId: string;
  clock: Clock;
  emit: Emit;
  /** Aborted when the operator wants to stop following (Ctrl-C). */
  signal: AbortSignal;
  /** What else is done at each look while the run is in progress. */
  watches?: readonly Watch[];
}

/** Looks at the run as it stands and tells, or does, what is called for. */
export type Watch = (execution: Execution) => Promise<void>;

const pollMilliseconds = 2_000;
// A network that is away for a while must not lose the operator a run of hours.
const patienceSeconds = 15 * 60;

/**
 * Follows a run that is known to exist to its end and tells of each step as it changes.
 * @returns the execution as it ended
 * @throws InterruptedError once the signal is aborted; OutcomeUnknownError when AWS refuses or stays away
 */
export async function follow(following: Following): Promise<Execution> {
  const { clock, emit, signal } = following;
  const told = new Map<string, string>();
  try {
    for (;;) {
      signal.throwIfAborted();
      const execution = await readPatiently(following);
      tellSteps(execution, told, clock.now(), emit);
      if (isFinished(execution.status)) return execution;
      for (const watch of following.watches ?? []) await watch(execution);
      await clock.sleep(pollMilliseconds, signal);
    }
  } catch (error) {
    throw signal.aborted ? interrupted(following) : outcomeUnknown(following, error);
  }
}

async function readPatiently({
  ssm,
  environment,
  executionId,
  clock,
  emit,
  signal,
}: Following): Promise<Execution> {
  let lost = false;
  const execution = await patiently(() => readExecution(ssm, environment, executionId, signal), {
    clock,
    signal,
    seconds: patienceSeconds,
    // AWS may not find an execution that it has only just started.
    mayPass: (error) => isPassing(error) || isNamed(error, "AutomationExecutionNotFoundException"),
    onRetry: (error) => {
      if (!lost) emit({ code: "connection-lost", reason: describeAwsError(error) });
      lost = true;
    },
  });
  if (lost) emit({ code: "connection-regained" });
  return execution;
}

function tellSteps(execution: Execution, told: Map<string, string>, now: Date, emit: Emit): void {
  const until = execution.endedAt ?? now;
  execution.steps.forEach((step, index) => {
    // A step that was not reached has nothing to tell, even in a run that has ended.
    if (step.startedAt === null) return;
    const progress: StepProgress = {
      position: index + 1,
      total: execution.steps.length,
      name: step.name,
      host: step.host,
      status: step.status,
      seconds: secondsOf(step, until),
    };
    if (told.get(step.name) !== step.status) emit({ code: "step-changed", step: progress });
    else if (!isFinished(step.status)) emit({ code: "step-running", step: progress });
    told.set(step.name, step.status);
  });
}

function interrupted({ executionId, environment }: Following): InterruptedError {
  const suffix = `${executionId} --env ${environment.name}`;
  return new InterruptedError(
    "following-interrupted",
    "Following was stopped. The run was not: it goes on.",
    `Follow it again: cutover follow ${suffix}\nOr cancel it:    cutover cancel ${suffix}`,
  );
}

function outcomeUnknown({ executionId, environment }: Following, error: unknown): OutcomeUnknownError {
  return new OutcomeUnknownError(
    "sight-lost",
    `The run can no longer be followed from here, and goes on without: ${describeAwsError(error)}`,
    `${remedyFor(error)} Then: cutover follow ${executionId} --env ${environment.name}`,
    { cause: error },
  );
}
