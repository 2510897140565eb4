import { automationSummary, automationView, stepView } from "./automation-view";
import type { Automations } from "./automations";
import { aggregate, commandView, invocationDetail, invocationView } from "./command-view";
import type { Commands } from "./commands";
import { documentDescription, documentIdentifier, documentText } from "./document-view";
import { instanceInformation, pingStatus } from "./host-view";
import { filtered, page } from "./pages";
import * as requests from "./requests";

/** Answers one call; `caller` is the access key that signed it. */
export type Operation = (body: unknown, caller: string) => Record<string, unknown>;

/** The part of AmazonSSM that the lab answers, by operation. */
export function operations(commands: Commands, automations: Automations): Record<string, Operation> {
  return {
    ...commandOperations(commands),
    ...automationOperations(automations),
    ...documentOperations(commands, automations.surroundings.account),
    DescribeInstanceInformation: (body) => {
      const request = requests.read(requests.describeInstanceInformation, body);
      const hosts = filtered(commands.hosts, request.Filters ?? [], {
        InstanceIds: (host, values) => values.includes(host.instanceId),
        PingStatus: (host, values) => values.includes(pingStatus(host)),
      });
      const { items, ...next } = page(hosts, request);
      const now = commands.surroundings.clock.now();
      return { InstanceInformationList: items.map((host) => instanceInformation(host, now)), ...next };
    },
    ListTagsForResource: (body) => {
      requests.read(requests.listTagsForResource, body);
      return { TagList: [] };
    },
  };
}

function commandOperations(commands: Commands): Record<string, Operation> {
  return {
    SendCommand: (body) => ({
      Command: commandView(commands.send(requests.read(requests.sendCommand, body))),
    }),
    GetCommandInvocation: (body) => {
      const request = requests.read(requests.getCommandInvocation, body);
      return invocationDetail(commands.invocation(request.CommandId, request.InstanceId), request.PluginName);
    },
    ListCommandInvocations: (body) => {
      const { Details: details = false, ...request } = requests.read(requests.listCommandInvocations, body);
      const invocations = commandsAsked(commands, request)
        .flatMap((command) => command.invocations)
        .filter((each) => request.InstanceId === undefined || each.host.instanceId === request.InstanceId);
      const kept = filtered(invocations, upperCaseKeys(request.Filters), {
        Status: (invocation, values) => values.includes(invocation.status),
        DocumentName: (invocation, values) => values.includes(invocation.command.request.document.name),
      });
      const { items, ...next } = page(kept, request);
      return { CommandInvocations: items.map((each) => invocationView(each, details)), ...next };
    },
    ListCommands: (body) => {
      const request = requests.read(requests.listCommands, body);
      const kept = filtered(commandsAsked(commands, request), upperCaseKeys(request.Filters), {
        Status: (command, values) => values.includes(aggregate(command.invocations).status),
        DocumentName: (command, values) => values.includes(command.request.document.name),
      }).filter(
        (command) =>
          request.InstanceId === undefined ||
          command.invocations.some((each) => each.host.instanceId === request.InstanceId),
      );
      const { items, ...next } = page(kept, request);
      return { Commands: items.map(commandView), ...next };
    },
    CancelCommand: (body) => {
      const request = requests.read(requests.cancelCommand, body);
      commands.cancel(request.CommandId, request.InstanceIds);
      return {};
    },
  };
}

function automationOperations(automations: Automations): Record<string, Operation> {
  return {
    StartAutomationExecution: (body) => {
      const run = automations.start(requests.read(requests.startAutomationExecution, body));
      return { AutomationExecutionId: run.id };
    },
    GetAutomationExecution: (body) => {
      const { AutomationExecutionId: id } = requests.read(requests.getAutomationExecution, body);
      return { AutomationExecution: automationView(automations.get(id)) };
    },
    DescribeAutomationExecutions: (body) => {
      const request = requests.read(requests.describeAutomationExecutions, body);
      const newestFirst = automations.all().reverse();
      const kept = filtered(newestFirst, request.Filters ?? [], {
        DocumentNamePrefix: (run, values) => values.some((value) => run.document.name.startsWith(value)),
        ExecutionStatus: (run, values) => values.includes(run.status),
        ExecutionId: (run, values) => values.includes(run.id),
      });
      const { items, ...next } = page(kept, request);
      return { AutomationExecutionMetadataList: items.map(automationSummary), ...next };
    },
    DescribeAutomationStepExecutions: (body) => {
      const request = requests.read(requests.describeAutomationStepExecutions, body);
      const { steps } = automations.get(request.AutomationExecutionId);
      const kept = filtered(steps, request.Filters ?? [], {
        StepExecutionStatus: (step, values) => values.includes(step.status),
        StepExecutionId: (step, values) => values.includes(step.id),
        StepName: (step, values) => values.includes(step.definition.name),
        Action: (step, values) => values.includes(step.definition.action),
      });
      const { items, ...next } = page(request.ReverseOrder === true ? kept.reverse() : kept, request);
      return { StepExecutions: items.map(stepView), ...next };
    },
    SendAutomationSignal: (body, caller) => {
      const request = requests.read(requests.sendAutomationSignal, body);
      const comment = request.Payload?.["Comment"]?.join(" ") ?? "";
      automations.signal(request.AutomationExecutionId, request.SignalType, caller, comment);
      return {};
    },
    StopAutomationExecution: (body) => {
      const request = requests.read(requests.stopAutomationExecution, body);
      automations.stop(request.AutomationExecutionId, request.Type ?? "Cancel");
      return {};
    },
  };
}

function documentOperations({ documents }: Commands, account: string): Record<string, Operation> {
  return {
    GetDocument: (body) => {
      const request = requests.read(requests.getDocument, body);
      return documentText(documents.get(request.Name, request.DocumentVersion));
    },
    DescribeDocument: (body) => {
      const request = requests.read(requests.describeDocument, body);
      return { Document: documentDescription(documents.get(request.Name, request.DocumentVersion), account) };
    },
    ListDocuments: (body) => {
      const request = requests.read(requests.listDocuments, body);
      const kept = filtered(documents.all(), request.Filters ?? [], {
        Name: (document, values) => values.some((value) => document.name.startsWith(value)),
        DocumentType: (document, values) => values.includes(document.documentType),
        Owner: (_document, values) => values.includes("Self"),
      });
      const { items, ...next } = page(kept, request);
      return { DocumentIdentifiers: items.map((each) => documentIdentifier(each, account)), ...next };
    },
  };
}

function commandsAsked(
  commands: Commands,
  request: { CommandId?: string | undefined },
): ReturnType<Commands["all"]> {
  const newestFirst = commands.all().reverse();
  return newestFirst.filter((command) => request.CommandId === undefined || command.id === request.CommandId);
}

function upperCaseKeys(filters: { key: string; value: string }[] = []): { Key: string; Values: string[] }[] {
  return filters.map(({ key, value }) => ({ Key: key, Values: [value] }));
}
