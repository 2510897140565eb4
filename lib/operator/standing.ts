import { classifyAwsError, remedyFor } from "./aws-error";
import { NothingStartedError } from "./errors";
import { isAtWork, listAutomations, type ExecutionListing } from "./executions";
import { readExecution, type Execution } from "./execution";
import { findFence, type Fence } from "./fence-state";
import type { Automation } from "./names";
import { patiently } from "./patience";
import type { Session } from "./session";
import type { HostName } from "./step";
import { readTruth, truthUnread, type Truth } from "./truth";

/** An automation's last execution. */
export interface LastRun {
  executionId: string;
  runId: string | null;
  status: string;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** How an environment stands: which side is the truth, and whether the application can write there. */
export interface Standing {
  truth: (Pick<Truth, "side" | "address"> & { reason: null }) | { side: null; address: null; reason: string };
  /** What keeps the application out of each side; null when nothing does, as far as its runs tell. */
  fences: Record<HostName, Fence | null>;
  /** The execution in progress; null when there is none but a preflight, which changes nothing. */
  inProgress: { automation: Automation; executionId: string; status: string } | null;
  runs: Record<ToldAutomation, LastRun | null>;
}

export const toldAutomations = ["Rehearsal", "Cutover", "Rollback", "Signoff"] as const;
export type ToldAutomation = (typeof toldAutomations)[number];

type Sources = Pick<Session, "environment" | "clients" | "clock">;

const patienceSeconds = 10;

/** Looks at the secret, at the executions and at what they left in the relay. Throws what the SDK throws for SSM. */
export async function readStanding(sources: Sources): Promise<Standing> {
  const { environment, clients, clock } = sources;
  const listed = await patiently(() => listAutomations(clients.ssm, environment), {
    clock,
    seconds: patienceSeconds,
  });
  const read = reader(sources);
  const running = listed.find(isAtWork);
  return {
    truth: await truthOf(sources),
    fences: {
      source: await findFence("source", listed, read, sources),
      target: await findFence("target", listed, read, sources),
    },
    inProgress:
      running === undefined
        ? null
        : { automation: running.automation, executionId: running.id, status: running.status },
    runs: {
      Rehearsal: await lastRun("Rehearsal", listed, read),
      Cutover: await lastRun("Cutover", listed, read),
      Rollback: await lastRun("Rollback", listed, read),
      Signoff: await lastRun("Signoff", listed, read),
    },
  };
}

/** As readStanding, for a command of its own. */
export async function standingOf(sources: Sources): Promise<Standing> {
  try {
    return await readStanding(sources);
  } catch (error) {
    throw new NothingStartedError(
      classifyAwsError(error) === "refused" ? "aws-refused" : "aws-unreachable",
      `How ${sources.environment.name} stands could not be seen: ${truthUnread(error)}`,
      remedyFor(error),
      { cause: error },
    );
  }
}

/** The side that is the truth and is fenced although no run is at work: the application cannot write anywhere. */
export function fencedTruth({ truth, fences, inProgress }: Standing): HostName | null {
  if (truth.side === null || inProgress !== null) return null;
  return fences[truth.side] === null ? null : truth.side;
}

/** Whether one side is known to be the truth, and it is open or a run is at work on it. */
export function isConsistent(standing: Standing): boolean {
  return standing.truth.side !== null && fencedTruth(standing) === null;
}

async function truthOf(sources: Sources): Promise<Standing["truth"]> {
  try {
    const { side, address } = await readTruth(sources);
    return { side, address, reason: null };
  } catch (error) {
    return { side: null, address: null, reason: truthUnread(error) };
  }
}

/** Reads each execution once, whoever asks for it. */
function reader({ clients, environment, clock }: Sources): (executionId: string) => Promise<Execution> {
  const known = new Map<string, Promise<Execution>>();
  return async (id) => {
    const reading =
      known.get(id) ??
      patiently(() => readExecution(clients.ssm, environment, id), { clock, seconds: patienceSeconds });
    known.set(id, reading);
    return await reading;
  };
}

async function lastRun(
  automation: ToldAutomation,
  listed: ExecutionListing[],
  read: (executionId: string) => Promise<Execution>,
): Promise<LastRun | null> {
  const last = listed.find((listing) => listing.automation === automation);
  if (last === undefined) return null;
  const { id, status, startedAt, endedAt } = last;
  return { executionId: id, runId: (await read(id)).runId, status, startedAt, endedAt };
}
