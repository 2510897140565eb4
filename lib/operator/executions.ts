import {
  DescribeAutomationExecutionsCommand,
  type AutomationExecutionMetadata,
  type SSMClient,
} from "@aws-sdk/client-ssm";

/** One line of the list of executions. */
export interface ExecutionListing {
  id: string;
  status: string;
  startedAt: Date | null;
}

/** The executions of exactly this document that AWS still lists (30 days), newest first. */
export async function listExecutions(ssm: SSMClient, document: string): Promise<ExecutionListing[]> {
  const listed: AutomationExecutionMetadata[] = [];
  let next: string | undefined;
  do {
    const page = await ssm.send(
      new DescribeAutomationExecutionsCommand({
        Filters: [{ Key: "DocumentNamePrefix", Values: [document] }],
        MaxResults: 50,
        ...(next === undefined ? {} : { NextToken: next }),
      }),
    );
    listed.push(...(page.AutomationExecutionMetadataList ?? []));
    next = page.NextToken;
  } while (next !== undefined && next !== "");
  return listed
    .filter((execution) => execution.DocumentName === document)
    .map((execution) => ({
      id: execution.AutomationExecutionId ?? "",
      status: execution.AutomationExecutionStatus ?? "Pending",
      startedAt: execution.ExecutionStartTime ?? null,
    }))
    .sort((a, b) => (b.startedAt?.getTime() ?? 0) - (a.startedAt?.getTime() ?? 0));
}
