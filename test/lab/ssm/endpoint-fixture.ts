import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AutomationExecution,
  type GetCommandInvocationResult,
  GetAutomationExecutionCommand,
  GetCommandInvocationCommand,
  SSMClient,
  SendCommandCommand,
  type SendCommandCommandInput,
  StartAutomationExecutionCommand,
  type StepExecution,
} from "@aws-sdk/client-ssm";
import { type EmbeddedDocument, SsmEndpoint, type SsmEndpointOptions } from "../../../lib/lab/ssm/endpoint";
import { moved, standstill } from "../../harness/progress";
import { LocalAgentHost } from "./local-agent-host";

/** An endpoint over this machine, with the AWS SDK's own client talking to it. */
export class EndpointFixture {
  private constructor(
    readonly endpoint: SsmEndpoint,
    readonly url: string,
    readonly client: SSMClient,
    readonly host: LocalAgentHost,
    readonly folder: string,
    readonly lines: string[],
  ) {}

  static async start(
    documents: EmbeddedDocument[],
    options: Partial<Omit<SsmEndpointOptions, "documents">> = {},
  ): Promise<EndpointFixture> {
    const folder = mkdtempSync(join(tmpdir(), "lab-ssm-"));
    const host = new LocalAgentHost();
    const lines: string[] = [];
    const endpoint = new SsmEndpoint({
      documents,
      hosts: [host],
      region: "eu-west-2",
      account: "123456789012",
      log: (line) => lines.push(line),
      orchestrationRoot: folder,
      ...options,
    });
    const { url } = await endpoint.listen();
    return new EndpointFixture(endpoint, url, clientOf(url, "AKIDFIRST"), host, folder, lines);
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.endpoint.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async send(DocumentName: string, rest: Partial<SendCommandCommandInput> = {}): Promise<string> {
    const sent = await this.client.send(
      new SendCommandCommand({ DocumentName, InstanceIds: [this.host.instanceId], ...rest }),
    );
    return sent.Command?.CommandId ?? "";
  }

  invocation(CommandId: string, PluginName?: string): Promise<GetCommandInvocationResult> {
    const InstanceId = this.host.instanceId;
    return this.client.send(
      new GetCommandInvocationCommand({
        CommandId,
        InstanceId,
        ...(PluginName === undefined ? {} : { PluginName }),
      }),
    );
  }

  /** The invocation once its status is none of those that pass. */
  async finished(commandId: string, pluginName?: string): Promise<GetCommandInvocationResult> {
    return until(
      () => this.invocation(commandId, pluginName),
      (found) => !["Pending", "InProgress", "Cancelling"].includes(found.Status ?? ""),
    );
  }

  async run(
    document: string,
    rest: Partial<SendCommandCommandInput> = {},
  ): Promise<GetCommandInvocationResult> {
    return this.finished(await this.send(document, rest));
  }

  async start(DocumentName: string, Parameters?: Record<string, string[]>): Promise<string> {
    const started = await this.client.send(
      new StartAutomationExecutionCommand({
        DocumentName,
        ...(Parameters === undefined ? {} : { Parameters }),
      }),
    );
    return started.AutomationExecutionId ?? "";
  }

  async execution(AutomationExecutionId: string): Promise<AutomationExecution> {
    const got = await this.client.send(new GetAutomationExecutionCommand({ AutomationExecutionId }));
    if (got.AutomationExecution === undefined) throw new Error("no execution");
    return got.AutomationExecution;
  }

  /** The execution once `isSo` holds of it. */
  executionWhen(id: string, isSo: (execution: AutomationExecution) => boolean): Promise<AutomationExecution> {
    return until(() => this.execution(id), isSo);
  }

  ended(id: string): Promise<AutomationExecution> {
    return this.executionWhen(id, (execution) => execution.ExecutionEndTime !== undefined);
  }

  async automate(document: string, parameters?: Record<string, string[]>): Promise<AutomationExecution> {
    return this.ended(await this.start(document, parameters));
  }
}

export function clientOf(url: string, accessKeyId: string): SSMClient {
  return new SSMClient({
    endpoint: url,
    region: "eu-west-2",
    credentials: { accessKeyId, secretAccessKey: "secret" },
    maxAttempts: 1,
  });
}

export function step(execution: AutomationExecution, name: string): StepExecution {
  const found = execution.StepExecutions?.find((each) => each.StepName === name);
  if (found === undefined) throw new Error(`no step ${name}`);
  return found;
}

/** "name=status" for each step, in the document's order. */
export function statuses(execution: AutomationExecution): string[] {
  return (execution.StepExecutions ?? []).map((each) => `${each.StepName}=${each.StepStatus}`);
}

export async function until<Found>(
  find: () => Promise<Found>,
  isSo: (found: Found) => boolean,
): Promise<Found> {
  for (let seen = ""; ;) {
    const found = await find();
    if (isSo(found)) return found;
    const words = `still not so: ${JSON.stringify(found)}`;
    if (words !== seen) moved(words);
    seen = words;
    const still = standstill();
    if (still !== undefined) throw new Error(still);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
