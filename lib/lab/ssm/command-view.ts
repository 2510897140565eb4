import type { PluginResult } from "./agent";
import type { Command, Invocation } from "./command-run";
import { ONLY_VERSION } from "./documents";
import { ServiceError } from "./errors";
import { epochSeconds, present } from "./timestamps";

/** The shape `Command` of the API. */
export function commandView(command: Command): Record<string, unknown> {
  const { request, invocations } = command;
  const { status, details } = aggregate(invocations);
  return present({
    CommandId: command.id,
    DocumentName: request.document.name,
    DocumentVersion: ONLY_VERSION,
    Comment: request.comment,
    ExpiresAfter: epochSeconds(command.expiresAt),
    Parameters: request.supplied,
    InstanceIds: request.hosts.map((host) => host.instanceId),
    Targets: [],
    RequestedDateTime: epochSeconds(command.requestedAt),
    Status: status,
    StatusDetails: details,
    MaxConcurrency: "50",
    MaxErrors: "0",
    TargetCount: invocations.length,
    CompletedCount: invocations.filter((each) => each.isOver).length,
    ErrorCount: invocations.filter((each) => each.status === "Failed" || each.details === "ExecutionTimedOut")
      .length,
    DeliveryTimedOutCount: invocations.filter((each) => each.details === "DeliveryTimedOut").length,
    CloudWatchOutputConfig: request.cloudWatchOutputConfig,
    TimeoutSeconds: request.deliverySeconds,
  });
}

/** The shape `CommandInvocation`. */
export function invocationView(invocation: Invocation, withPlugins: boolean): Record<string, unknown> {
  const { command, host } = invocation;
  return present({
    CommandId: command.id,
    InstanceId: host.instanceId,
    InstanceName: host.name,
    Comment: command.request.comment,
    DocumentName: command.request.document.name,
    DocumentVersion: ONLY_VERSION,
    RequestedDateTime: epochSeconds(command.requestedAt),
    Status: invocation.status,
    StatusDetails: invocation.details,
    StandardOutputUrl: "",
    StandardErrorUrl: "",
    CommandPlugins: withPlugins ? invocation.results.map(pluginView) : [],
    CloudWatchOutputConfig: command.request.cloudWatchOutputConfig,
  });
}

/** The answer to GetCommandInvocation, about one plugin; a document of several needs the plugin's name. */
export function invocationDetail(
  invocation: Invocation,
  pluginName: string | undefined,
): Record<string, unknown> {
  const { command, host, surroundings } = invocation;
  const plugin = choosePlugin(invocation, pluginName);
  const result = invocation.results.find((each) => each.name === plugin);
  const startedAt = result?.startedAt ?? invocation.startedAt;
  const elapsed =
    startedAt === undefined ? undefined : (result?.endedAt ?? surroundings.clock.now()) - startedAt;
  const own = command.request.document.content.mainSteps.length > 1 && result !== undefined;
  return present({
    CommandId: command.id,
    InstanceId: host.instanceId,
    Comment: command.request.comment,
    DocumentName: command.request.document.name,
    DocumentVersion: ONLY_VERSION,
    PluginName: plugin,
    ResponseCode: result?.code ?? -1,
    ExecutionStartDateTime: isoTime(startedAt),
    ExecutionElapsedTime: elapsed === undefined ? "" : `PT${elapsed / 1000}S`,
    ExecutionEndDateTime: isoTime(result?.endedAt),
    Status: own ? pluginStatus(result) : invocation.status,
    StatusDetails: own ? pluginDetails(result) : invocation.details,
    StandardOutputContent: result?.standardOutput ?? "",
    StandardOutputUrl: "",
    StandardErrorContent: result?.standardError ?? "",
    StandardErrorUrl: "",
    CloudWatchOutputConfig: command.request.cloudWatchOutputConfig ?? {
      CloudWatchLogGroupName: "",
      CloudWatchOutputEnabled: false,
    },
  });
}

/** A command's status over all its hosts: with MaxErrors 0 one failure makes the command failed. */
export function aggregate(invocations: readonly Invocation[]): { status: string; details: string } {
  const find = (...statuses: string[]): Invocation | undefined =>
    invocations.find((each) => statuses.includes(each.status));
  const first =
    find("Cancelling") ??
    find("InProgress") ??
    find("Pending") ??
    find("Failed") ??
    find("TimedOut", "Cancelled");
  if (first === undefined) return { status: "Success", details: "Success" };
  return { status: first.status, details: first.details };
}

function choosePlugin(invocation: Invocation, asked: string | undefined): string {
  const names = invocation.command.request.document.content.mainSteps.map((plugin) => plugin.name);
  const name = asked ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined || !names.includes(name)) {
    throw new ServiceError("InvalidPluginName", `PluginName is to be one of ${names.join(", ")}.`);
  }
  return name;
}

function pluginView(result: PluginResult): Record<string, unknown> {
  return {
    Name: result.name,
    Status: pluginStatus(result),
    StatusDetails: pluginDetails(result),
    ResponseCode: result.code,
    ResponseStartDateTime: epochSeconds(result.startedAt),
    ResponseFinishDateTime: epochSeconds(result.endedAt),
    Output: result.output,
    StandardOutputUrl: "",
    StandardErrorUrl: "",
    OutputS3Region: "",
    OutputS3BucketName: "",
    OutputS3KeyPrefix: "",
  };
}

// The API's plugin status has no word for skipped: the agent counts it as a success.
function pluginStatus(result: PluginResult): string {
  return result.status === "Skipped" ? "Success" : result.status;
}

function pluginDetails(result: PluginResult): string {
  return result.status === "TimedOut" ? "ExecutionTimedOut" : pluginStatus(result);
}

function isoTime(milliseconds: number | undefined): string {
  return milliseconds === undefined ? "" : new Date(milliseconds).toISOString();
}
