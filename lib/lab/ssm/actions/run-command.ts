import { pause } from "../clock";
import { aggregate } from "../command-view";
import type { Command } from "../command-run";
import { asText, isRecord } from "../references";
import { read, sendCommand } from "../requests";
import { type Action, type ActionContext, ActionFailure, aborted, noOutputs, unknownInputs } from "./action";

// A host that is down answers no cancellation, and the step is over all the same.
const CANCEL_SECONDS = 10;
const KNOWN = [
  "DocumentName",
  "DocumentVersion",
  "InstanceIds",
  "Targets",
  "Parameters",
  "TimeoutSeconds",
  "Comment",
  "CloudWatchOutputConfig",
];

export const runCommand: Action = {
  name: "aws:runCommand",
  mayFollowCancel: true,
  jumps: () => [],
  problems: (step) => [
    ...unknownInputs(step, KNOWN),
    ...noOutputs(step),
    ...(step.inputs["DocumentName"] === undefined ? ["DocumentName is missing"] : []),
    ...placeProblems(step.inputs),
  ],
  async run(context) {
    const command = send(context);
    context.setOutputs({ CommandId: command.id });
    await Promise.race([command.finished, aborted(context.signal)]);
    if (context.signal.aborted) {
      context.commands.cancel(command.id);
      await Promise.race([command.finished, pause(context.clock, CANCEL_SECONDS)]);
    }
    return conclude(command, context);
  },
};

/** The lab's hosts have no tags: Targets may only name them by their ids. */
function placeProblems({ InstanceIds: instanceIds, Targets: targets }: Record<string, unknown>): string[] {
  if (targets === undefined) return instanceIds === undefined ? ["InstanceIds is missing"] : [];
  if (instanceIds !== undefined) return ["InstanceIds beside Targets"];
  return [targets].flat().flatMap((target) => {
    const key = isRecord(target) ? target["Key"] : target;
    return key === "InstanceIds" ? [] : [`Targets with the key ${asText(key)}`];
  });
}

function send({ inputs, commands }: ActionContext): Command {
  const { Parameters: parameters, TimeoutSeconds: timeout, InstanceIds: instanceIds, ...rest } = inputs;
  try {
    return commands.send(
      read(sendCommand, {
        ...rest,
        ...(instanceIds === undefined ? {} : { InstanceIds: [instanceIds].flat() }),
        ...(timeout === undefined ? {} : { TimeoutSeconds: Number(timeout) }),
        ...(isRecord(parameters) ? { Parameters: asLists(parameters) } : {}),
      }),
    );
  } catch (error) {
    const name = error instanceof Error ? error.name : "InternalServerError";
    const message = error instanceof Error ? error.message : String(error);
    throw new ActionFailure(
      `Step fails when it is Execute/Cancelling action. ${name}: ${message}`,
      "Invocation",
    );
  }
}

// A command's parameters are lists of texts; a runbook may write a single text.
function asLists(parameters: Record<string, unknown>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(asText) : [asText(value)],
    ]),
  );
}

function conclude(command: Command, context: ActionContext): { responseCode: string; response: string } {
  const { status } = aggregate(command.invocations);
  const shown = command.invocations.find((each) => each.status !== "Success") ?? command.invocations[0];
  const code = shown?.results.at(-1)?.code ?? -1;
  const output = shown?.results.map((result) => result.output).join("\n") ?? "";
  const payload = JSON.stringify({
    Status: status,
    ResponseCode: code,
    Output: output,
    CommandId: command.id,
  });
  const outputs = {
    CommandId: command.id,
    Status: status,
    ResponseCode: code,
    Output: output,
    OutputPayload: payload,
  };
  context.setOutputs(outputs);
  if (status === "Success") return { responseCode: String(code), response: payload };
  throw new ActionFailure(
    `Step fails when it is Poll action status. Command ${command.id} returns unexpected invocation result: ` +
      `{Status=[${status}], ResponseCode=[${code}], Output=[${output}], OutputPayload=[${payload}], CommandId=[${command.id}]}. ` +
      `Please refer to Automation Service Troubleshooting Guide for more diagnosis details.`,
    "Invocation",
    String(code),
  );
}
