import { z } from "zod";
import { commandOutput } from "./command-output";
import { BadInputError } from "./errors";
import { secondsTaken, type Execution } from "./execution";
import { follow } from "./follow";
import { checkRecoveryTime } from "./recovery-time";
import { runIdOf } from "./run-id";
import type { Session } from "./session";
import { startAutomation } from "./start";
import { isFailure, succeeded } from "./status";
import type { Step } from "./step";
import { explainFailure } from "./step-failure";
import { lastResult } from "./step-result";

export interface DrillOptions {
  /** 3 is on the repository host, 2 in S3; both unless given. */
  repo?: string;
  /** ISO 8601 with a zone; the latest that the archive holds unless given. */
  time?: string;
}

// What a step prints is external input.
const restoredSchema = z.object({
  status: z.literal("succeeded"),
  backup: z.string(),
  recoveryPoint: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  restoredBytes: z.number().nonnegative(),
  relations: z.number().int().nonnegative(),
  rows: z.number().int().nonnegative(),
  timescaledb: z.record(z.string(), z.number()).nullable(),
});

/** What one repository gave. */
export interface Drill {
  repo: number;
  outcome: "succeeded" | "failed";
  /** Null where nothing was restored. */
  restored: Omit<z.infer<typeof restoredSchema>, "status"> | null;
}

/** A drill that has ended. */
export interface Drilled {
  runId: string;
  drills: Drill[];
  /** Whether every repository that was drilled could be restored from, and the run ended well. */
  passed: boolean;
}

const drillSteps: ReadonlyMap<string, number> = new Map([
  ["restoreDrillRepo3", 3],
  ["restoreDrillRepo2", 2],
]);

/** Restores from the repositories beside the live cluster, and tells what each gave. Throws an OperatorError when it cannot. */
export async function drill(session: Session, { repo, time }: DrillOptions): Promise<Drilled> {
  const { clients, clock } = session;
  checkRepo(repo);
  checkRecoveryTime(time, clock.now());
  const runId = runIdOf(undefined, clock.now());
  const executionId = await startAutomation(session, {
    automation: "RestoreDrill",
    runId,
    parameters: { Time: time, Repos: repo },
  });
  const execution = await follow({ ...session, ssm: clients.ssm, executionId });
  await tellEnd(session, runId, execution);
  const drills: Drill[] = [];
  for (const step of execution.steps) {
    const number = drillSteps.get(step.name);
    if (number !== undefined && step.startedAt !== null) drills.push(await drillIn(step, number, session));
  }
  const passed =
    execution.status === succeeded &&
    drills.length > 0 &&
    drills.every(({ outcome }) => outcome === "succeeded");
  return { runId, drills, passed };
}

/** 3 is on the repository host, 2 in S3. */
export function checkRepo(repo: string | undefined): void {
  if (repo === undefined || repo === "2" || repo === "3") return;
  throw new BadInputError(
    "repo-unknown",
    `--repo ${JSON.stringify(repo)} is no repository of the target.`,
    "Write --repo 3 for the repository host or --repo 2 for S3.",
  );
}

async function tellEnd(
  { clients, clock, emit }: Session,
  runId: string,
  execution: Execution,
): Promise<void> {
  const { status, failureMessage } = execution;
  const failed = execution.steps.filter((step) => isFailure(step.status));
  // What AWS says of the run repeats what the failed step told.
  const message = failed.length > 0 ? null : failureMessage;
  emit({ code: "run-ended", runId, status, seconds: secondsTaken(execution, clock.now()), message });
  for (const step of failed) {
    const failure = await explainFailure(step, { ssm: clients.ssm, relay: null, clock });
    emit({ code: "step-failed", runId, failure });
  }
}

async function drillIn(step: Step, repo: number, { clients, clock }: Session): Promise<Drill> {
  const output = step.status === succeeded ? await commandOutput(step, { ssm: clients.ssm, clock }) : "";
  const result = lastResult(output, restoredSchema);
  if (result === null) return { repo, outcome: "failed", restored: null };
  const { status, ...restored } = result;
  return { repo, outcome: status, restored };
}
