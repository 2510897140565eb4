import {
  DescribeAutomationExecutionsCommand,
  type AutomationExecutionMetadata,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import type { Environment } from "../config/environment";
import { automationOf, documentPrefix, type Automation } from "./names";
import { isFinished } from "./status";

/** One line of the list of executions. */
export interface ExecutionListing {
  id: string;
  automation: Automation;
  status: string;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** Whether it is in progress and may change something: a preflight only reads. */
export function isAtWork({ automation, status }: ExecutionListing): boolean {
  return automation !== "Preflight" && !isFinished(status);
}

/** The executions of the environment's automations that AWS still lists (30 days), newest first. */
export async function listAutomations(ssm: SSMClient, environment: Environment): Promise<ExecutionListing[]> {
  return (await listAll(ssm, documentPrefix(environment)))
    .flatMap((execution) => {
      const automation = automationOf(environment, execution.DocumentName ?? "");
      return automation === null ? [] : [listing(execution, automation)];
    })
    .sort((a, b) => (b.startedAt?.getTime() ?? 0) - (a.startedAt?.getTime() ?? 0));
}

async function listAll(ssm: SSMClient, prefix: string): Promise<AutomationExecutionMetadata[]> {
  const listed: AutomationExecutionMetadata[] = [];
  let next: string | undefined;
  do {
    const page = await ssm.send(
      new DescribeAutomationExecutionsCommand({
        Filters: [{ Key: "DocumentNamePrefix", Values: [prefix] }],
        MaxResults: 50,
        ...(next === undefined ? {} : { NextToken: next }),
      }),
    );
    listed.push(...(page.AutomationExecutionMetadataList ?? []));
    next = page.NextToken;
  } while (next !== undefined && next !== "");
  return listed;
}

function listing(execution: AutomationExecutionMetadata, automation: Automation): ExecutionListing {
  return {
    id: execution.AutomationExecutionId ?? "",
    automation,
    status: execution.AutomationExecutionStatus ?? "Pending",
    startedAt: execution.ExecutionStartTime ?? null,
    endedAt: execution.ExecutionEndTime ?? null,
  };
}
