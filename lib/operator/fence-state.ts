import { z } from "zod";
import type { Execution } from "./execution";
import type { ExecutionListing } from "./executions";
import type { Automation } from "./names";
import { directoriesOf, Relay } from "./relay";
import type { Session } from "./session";
import { succeeded } from "./status";
import type { HostName } from "./step";

/** A fence that no run has taken away again. */
export interface Fence {
  /** The run that fenced. */
  runId: string;
  executionId: string;
}

// Each step that opens a side, and the name of its result.
const sides = {
  source: {
    fence: "fenceSource",
    openers: {
      reopenSource: "reopen-source",
      reopenSourceAgain: "reopen-source",
      reopenSourceLast: "reopen-source",
    },
  },
  target: {
    fence: "fenceTarget",
    // A cutover after a rollback makes the target's database anew, and opens it.
    openers: { reopenTarget: "reopen-target", reopenTargetAgain: "reopen-target", activate: "activate" },
  },
} as const;

const touching: ReadonlySet<Automation> = new Set(["Cutover", "Rollback", "Reopen"]);
// Runs that failed before their fence, one after the other: nobody starts more of them in a row than this.
const mostRuns = 20;

const succeededSchema = z.object({ status: z.literal("succeeded") });

/**
 * Goes back from the newest run to the first that fenced that side or reopened it. A fence that began counts, even when
 * its step failed: it may have closed the database before it did.
 */
export async function findFence(
  side: HostName,
  listed: readonly ExecutionListing[],
  read: (executionId: string) => Promise<Execution>,
  sources: Pick<Session, "environment" | "clients">,
): Promise<Fence | null> {
  const runs = listed.filter(({ automation }) => touching.has(automation)).slice(0, mostRuns);
  for (const { id } of runs) {
    const execution = await read(id);
    if (await hasOpened(side, execution, sources)) return null;
    if (hasBegun(execution, sides[side].fence)) {
      return { runId: execution.runId ?? "", executionId: id };
    }
  }
  return null;
}

async function hasOpened(
  side: HostName,
  execution: Execution,
  { environment, clients }: Pick<Session, "environment" | "clients">,
): Promise<boolean> {
  for (const [opener, result] of Object.entries(sides[side].openers)) {
    if (execution.steps.some(({ name, status }) => name === opener && status === succeeded)) return true;
    if (execution.runId === null || !hasBegun(execution, opener)) continue;
    // AWS may have lost sight of a step that the host carried out to its end.
    const relay = new Relay(clients.s3, environment, execution.runId);
    const stored = await relay.readFirst(directoriesOf(side), result);
    if (stored.kind === "read" && succeededSchema.safeParse(stored.content).success) return true;
  }
  return false;
}

function hasBegun(execution: Execution, step: string): boolean {
  return execution.steps.some(({ name, startedAt }) => name === step && startedAt !== null);
}
