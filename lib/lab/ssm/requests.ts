import { z } from "zod";
import { ServiceError } from "./errors";

// Strict on purpose: a setting that the lab would not honour is refused by its name, never silently dropped.
const paging = { MaxResults: z.int().min(1).max(50).optional(), NextToken: z.string().optional() };
const parameters = z.record(z.string(), z.array(z.string())).optional();
const filters = z.array(z.strictObject({ Key: z.string(), Values: z.array(z.string()) })).optional();
// ListCommands and its sister spell the two keys in lower case.
const commandFilters = z.array(z.strictObject({ key: z.string(), value: z.string() })).optional();
const cloudWatch = z.strictObject({
  CloudWatchLogGroupName: z.string().optional(),
  CloudWatchOutputEnabled: z.boolean().optional(),
});
const uuid = z.string().regex(/^[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$/);
// An automation's parameter values, unlike a command's, are of 1 to 512 characters: "" must be left out instead.
const automationParameters = z.record(z.string(), z.array(z.string().min(1).max(512))).optional();

export const sendCommand = z.strictObject({
  DocumentName: z.string(),
  DocumentVersion: z.string().optional(),
  InstanceIds: z.array(z.string()).max(50).optional(),
  Targets: z.array(z.strictObject({ Key: z.literal("InstanceIds"), Values: z.array(z.string()) })).optional(),
  Parameters: parameters,
  TimeoutSeconds: z.int().min(30).max(2_592_000).optional(),
  Comment: z.string().max(100).optional(),
  CloudWatchOutputConfig: cloudWatch.optional(),
});
export type SendCommandRequest = z.infer<typeof sendCommand>;

export const getCommandInvocation = z.strictObject({
  CommandId: z.string(),
  InstanceId: z.string(),
  PluginName: z.string().optional(),
});
export const listCommandInvocations = z.strictObject({
  CommandId: z.string().optional(),
  InstanceId: z.string().optional(),
  Filters: commandFilters,
  Details: z.boolean().optional(),
  ...paging,
});
export const listCommands = listCommandInvocations.omit({ Details: true });
export const cancelCommand = z.strictObject({
  CommandId: z.string(),
  InstanceIds: z.array(z.string()).optional(),
});

export const startAutomationExecution = z.strictObject({
  DocumentName: z.string(),
  DocumentVersion: z.string().optional(),
  Parameters: automationParameters,
  ClientToken: uuid.optional(),
  Mode: z.literal("Auto").optional(),
});
export type StartAutomationRequest = z.infer<typeof startAutomationExecution>;
export const getAutomationExecution = z.strictObject({ AutomationExecutionId: z.string() });
export const describeAutomationExecutions = z.strictObject({ Filters: filters, ...paging });
export const describeAutomationStepExecutions = z.strictObject({
  AutomationExecutionId: z.string(),
  Filters: filters,
  ReverseOrder: z.boolean().optional(),
  ...paging,
});
export const sendAutomationSignal = z.strictObject({
  AutomationExecutionId: z.string(),
  SignalType: z.string(),
  Payload: z.record(z.string(), z.array(z.string())).optional(),
});
export const stopAutomationExecution = z.strictObject({
  AutomationExecutionId: z.string(),
  Type: z.enum(["Cancel", "Complete"]).optional(),
});

export const getDocument = z.strictObject({
  Name: z.string(),
  DocumentVersion: z.string().optional(),
  DocumentFormat: z.literal("JSON").optional(),
});
export const describeDocument = getDocument.omit({ DocumentFormat: true });
export const listDocuments = z.strictObject({ Filters: filters, ...paging });
export const describeInstanceInformation = z.strictObject({ Filters: filters, ...paging });
export const listTagsForResource = z.strictObject({ ResourceType: z.string(), ResourceId: z.string() });

/** Reads a request; ValidationException names each thing that is wrong or that the lab does not honour. */
export function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join(".") || "request"}: ${issue.message}`,
  );
  throw new ServiceError(
    "ValidationException",
    `${problems.length} validation error(s): ${problems.join("; ")}`,
  );
}
