import { z } from "zod";
import type { Execution } from "./execution";
import { directoriesOf, Relay, type StoredResult } from "./relay";
import type { Session } from "./session";
import type { HostName, Step } from "./step";

/** What a fence asks while sessions do not end by themselves. */
export interface Question {
  side: HostName;
  asks: string;
  /** One line for each session that goes on. */
  sessions: string[];
  /** When the fence gives up, and the run with it. */
  until: string;
}

export type AskedQuestion =
  { kind: "asked"; question: Question } | { kind: "none" } | { kind: "unreadable"; reason: string };

const questionSchema = z.object({ asks: z.string(), sessions: z.array(z.string()), until: z.string() });

/** The fence that is at work; undefined when none is. */
export function workingFence(execution: Execution): { side: HostName; step: Step } | undefined {
  for (const side of ["source", "target"] as const) {
    const name = side === "source" ? "fenceSource" : "fenceTarget";
    const step = execution.steps.find((each) => each.name === name && each.status === "InProgress");
    if (step !== undefined) return { side, step };
  }
  return undefined;
}

/** What the fence of that side asks now. */
export async function readQuestion(
  { clients, environment }: Pick<Session, "clients" | "environment">,
  runId: string,
  side: HostName,
): Promise<AskedQuestion> {
  const relay = new Relay(clients.s3, environment, runId);
  return understood(await relay.readQuestion(directoriesOf(side)), side);
}

function understood(stored: StoredResult, side: HostName): AskedQuestion {
  if (stored.kind === "unreadable") return stored;
  // `{}` stands where the question was answered.
  const question = stored.kind === "read" ? questionSchema.safeParse(stored.content).data : undefined;
  return question === undefined ? { kind: "none" } : { kind: "asked", question: { side, ...question } };
}
