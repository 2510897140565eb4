import { awaitCommand, sendCommand } from "./command";
import { hostDocument } from "./names";
import { newRunId } from "./run-id";
import type { Session } from "./session";
import { explainFailure, type StepFailure } from "./step-failure";
import { lastStepResult, type StepResult } from "./step-result";

/** How a step that was run by itself on the target ended. */
export interface CommandEnded {
  runId: string;
  /** The step's own result; null when it left none. */
  result: StepResult | null;
  /** Null when it succeeded. */
  failure: StepFailure | null;
}

export interface InstanceCommand {
  step: string;
  instanceId: string;
  /** The CloudWatch log group of what it prints; none when null. */
  logGroup: string | null;
  parameters?: Readonly<Record<string, string>>;
  /** It is asked again and again: nobody is told of each time. */
  quiet?: boolean;
}

/** Runs one step's document of the host stack on an instance of the target, as a run of its own, and waits for its end. */
export async function runOnInstance(
  session: Session,
  { step, instanceId, logGroup, parameters = {}, quiet = false }: InstanceCommand,
): Promise<CommandEnded> {
  const { environment, clients, clock, emit } = session;
  const runId = newRunId(clock.now());
  const document = hostDocument(environment, step);
  const commandId = await sendCommand(session, {
    ...{ document, instanceId, logGroup },
    parameters: { RunId: runId, ...parameters },
  });
  if (!quiet) emit({ code: "command-sent", document, instanceId, commandId });
  const otherwise = `Later: aws ssm get-command-invocation --command-id ${commandId} --instance-id ${instanceId}`;
  const { Status, StandardOutputContent: output = "" } = await awaitCommand(session, {
    ...{ commandId, instanceId, otherwise },
  });
  const result = lastStepResult(output);
  if (Status === "Success") return { runId, result, failure: null };
  const failure = await explainFailure(
    {
      ...{ name: step, action: "", host: "target", instanceId, commandId, logGroup, output },
      ...{ status: Status ?? "Failed", startedAt: null, endedAt: null, failureMessage: null, approval: null },
    },
    { ssm: clients.ssm, relay: null, clock },
  );
  return { runId, result, failure };
}
