import type { Clock } from "./clock";
import type { Plugin } from "./command-document";
import { type AgentHost, type Finished, type Script, runOnHost } from "./host-process";
import type { ParameterDefinitions, ParameterValue } from "./parameters";
import { asText, substitute } from "./references";
import { scriptProgram } from "./script";
import { combinedOutput, standardErrorContent, standardOutputContent } from "./truncation";

export type PluginStatus = "Success" | "Failed" | "TimedOut" | "Cancelled" | "Skipped";

/** What the agent reports of one plugin; times in milliseconds since the epoch. */
export interface PluginResult {
  name: string;
  status: PluginStatus;
  code: number;
  standardOutput: string;
  standardError: string;
  /** Both streams in 2,500 characters. */
  output: string;
  startedAt: number;
  endedAt: number;
}

/** A command as it reaches one host. */
export interface DeliveredCommand {
  commandId: string;
  plugins: readonly Plugin[];
  definitions: ParameterDefinitions;
  parameters: Record<string, ParameterValue>;
}

export interface AgentOptions {
  host: AgentHost;
  clock: Clock;
  region: string;
  /** The agent's data folder on the host; /var/lib/amazon/ssm on a real one. */
  orchestrationRoot: string;
  /** Hears of every script that is started. */
  onStart?: (script: Script) => void;
}

/** The host went down while a script ran, and nobody knows how far it came. */
export class HostLost extends Error {}

const DEFAULT_TIMEOUT_SECONDS = 3_600;
const SHORTEST_TIMEOUT_SECONDS = 5;
const LONGEST_TIMEOUT_SECONDS = 172_800;
// Fatal error 128 + SIGKILL: what the agent gives a script that it stopped itself.
const STOPPED_EXIT_CODE = 137;
const EXIT_DOCUMENT_AS_SUCCESS = 168;
const EXIT_DOCUMENT_AS_FAILURE = 169;
const REBOOT_EXIT_CODE = 194;

/** Out of range, or no number at all, is silently the default: so does the agent. */
export function executionTimeout(setting: number | string | undefined): number {
  const seconds = Math.trunc(Number(setting ?? Number.NaN));
  const inRange = seconds >= SHORTEST_TIMEOUT_SECONDS && seconds <= LONGEST_TIMEOUT_SECONDS;
  return inRange ? seconds : DEFAULT_TIMEOUT_SECONDS;
}

/** A plugin's inputs with its parameters in place; an ENV_VAR parameter is never put into them. */
export function pluginInputs(plugin: Plugin, command: Omit<DeliveredCommand, "commandId">): Plugin["inputs"] {
  const interpolate = (name: string): ParameterValue | undefined => {
    if (command.definitions[name]?.interpolationType === "ENV_VAR") return undefined;
    const value = command.parameters[name];
    // The agent halves doubled dollar signs for users of an old version that needed them doubled.
    return typeof value === "string" ? value.replaceAll("$$", "$") : value;
  };
  return substitute(plugin.inputs, interpolate) as Plugin["inputs"];
}

/** The SSM agent of one host, as far as aws:runShellScript goes. */
export class Agent {
  readonly #options: AgentOptions;

  constructor(options: AgentOptions) {
    this.#options = options;
  }

  /** Runs the plugins in order and reports each as it ends; throws HostLost when the host goes down meanwhile. */
  async runDocument(
    command: DeliveredCommand,
    cancel: AbortSignal,
    report: (result: PluginResult) => void,
  ): Promise<PluginResult[]> {
    const results: PluginResult[] = [];
    let leftDocument = false;
    for (const plugin of command.plugins) {
      const inputs = pluginInputs(plugin, command);
      const result = leftDocument
        ? this.#skipped(plugin)
        : await this.#runPlugin(plugin, inputs, command, cancel);
      // A failing plugin alone does not stop the document: only onFailure or exit code 168 or 169 does.
      leftDocument ||= leavesDocument(result, inputs);
      results.push(applyOnFailure(result, inputs));
      report(results.at(-1) ?? result);
    }
    return results;
  }

  #skipped(plugin: Plugin): PluginResult {
    const now = this.#options.clock.now();
    const output = `Plugin with name ${plugin.action} and id ${plugin.name} skipped due to prior step with an exit condition`;
    const empty = { standardOutput: "", standardError: "", startedAt: now, endedAt: now };
    return { name: plugin.name, status: "Skipped", code: 0, output, ...empty };
  }

  async #runPlugin(
    plugin: Plugin,
    inputs: Plugin["inputs"],
    command: DeliveredCommand,
    cancel: AbortSignal,
  ): Promise<PluginResult> {
    const { host, clock, onStart } = this.#options;
    const startedAt = clock.now();
    const program = this.#program(plugin, inputs, command);
    const timeoutSeconds = executionTimeout(inputs.timeoutSeconds);
    const limits = { clock, timeoutSeconds, cancel, ...(onStart && { onStart }) };
    const finished = await runOnHost(host, program, limits);
    return { name: plugin.name, startedAt, endedAt: clock.now(), ...outcome(finished) };
  }

  #program(plugin: Plugin, inputs: Plugin["inputs"], command: DeliveredCommand): string {
    const { host, region, orchestrationRoot } = this.#options;
    const lines = Array.isArray(inputs.runCommand) ? inputs.runCommand : [inputs.runCommand];
    const asEnvironment = Object.entries(command.parameters)
      .filter(([name]) => command.definitions[name]?.interpolationType === "ENV_VAR")
      .map(([name, value]) => [`SSM_${name}`, asText(value)] as const);
    return scriptProgram({
      folder: `${orchestrationRoot}/${host.instanceId}/document/orchestration/${command.commandId}/${plugin.name}`,
      script: `${lines.join("\n")}\n`,
      workingDirectory: inputs.workingDirectory,
      environment: {
        ...Object.fromEntries(asEnvironment),
        SSM_COMMAND_ID: command.commandId,
        AWS_SSM_INSTANCE_ID: host.instanceId,
        AWS_SSM_REGION_NAME: region,
      },
    });
  }
}

function outcome(
  finished: Finished,
): Pick<PluginResult, "status" | "code" | "standardOutput" | "standardError" | "output"> {
  const { status, code, complaint } = judge(finished);
  const stderr = Buffer.concat([finished.stderr, Buffer.from(complaint)]);
  return {
    status,
    code,
    standardOutput: standardOutputContent(finished.stdout),
    standardError: standardErrorContent(stderr),
    output: combinedOutput(finished.stdout, stderr),
  };
}

function judge({ end }: Finished): { status: PluginStatus; code: number; complaint: string } {
  switch (end.how) {
    case "lost":
      throw new HostLost();
    case "timedOut":
      return { status: "TimedOut", code: STOPPED_EXIT_CODE, complaint: "" };
    case "cancelled":
      return { status: "Cancelled", code: STOPPED_EXIT_CODE, complaint: "" };
    case "signalled":
      return { status: "Failed", code: -1, complaint: `failed to run commands: signal: ${end.signal}` };
    case "exited":
      return judgeExit(end.code);
  }
}

function judgeExit(code: number): { status: PluginStatus; code: number; complaint: string } {
  const complaint = code === 0 ? "" : `failed to run commands: exit status ${code}`;
  if (code === 0) return { status: "Success", code, complaint };
  // The agent knows a timeout by this exit code alone, so a script that ends with 137 by itself is reported so too.
  if (code === STOPPED_EXIT_CODE) return { status: "TimedOut", code, complaint: "" };
  if (code === REBOOT_EXIT_CODE) {
    return { status: "Failed", code, complaint: "the lab does not reboot a host for exit code 194" };
  }
  return { status: "Failed", code, complaint };
}

function leavesDocument(result: PluginResult, inputs: Plugin["inputs"]): boolean {
  if (result.code === EXIT_DOCUMENT_AS_SUCCESS || result.code === EXIT_DOCUMENT_AS_FAILURE) return true;
  return result.status === "Failed" && inputs.onFailure !== undefined;
}

function applyOnFailure(result: PluginResult, inputs: Plugin["inputs"]): PluginResult {
  const asSuccess = result.code === EXIT_DOCUMENT_AS_SUCCESS;
  if (asSuccess) {
    const { standardOutput } = result;
    return { ...result, status: "Success", standardError: "", output: standardOutput.slice(0, 2_500) };
  }
  if (result.status === "Failed" && inputs.onFailure === "successAndExit") {
    return { ...result, status: "Success", code: EXIT_DOCUMENT_AS_SUCCESS };
  }
  return result;
}
