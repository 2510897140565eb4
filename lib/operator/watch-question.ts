import { sendEnd } from "./end-in-flight";
import { OperatorError } from "./errors";
import type { Watch } from "./follow";
import { readQuestion, workingFence, type Question } from "./question";
import type { Session } from "./session";
import type { Step } from "./step";

/** Tells what a fence asks, once, with the answers to it; where somebody can be asked, asks. */
export function watchQuestion(session: Session, runId: string): Watch {
  const told = new Set<string>();
  return async (execution) => {
    const fence = workingFence(execution);
    if (fence === undefined) return;
    const asked = await readQuestion(session, runId, fence.side);
    if (asked.kind === "none" || told.has(keyOf(asked))) return;
    told.add(keyOf(asked));
    if (asked.kind === "unreadable") {
      session.emit({ code: "question-unreadable", reason: asked.reason });
      return;
    }
    session.emit({ code: "fence-asks", executionId: execution.id, question: asked.question });
    if (await isToBeEnded(session, runId, asked.question))
      await end(session, runId, fence.step, asked.question);
  };
}

function keyOf(
  asked: { kind: "asked"; question: Question } | { kind: "unreadable"; reason: string },
): string {
  return asked.kind === "asked" ? `${asked.question.side} ${asked.question.until}` : asked.kind;
}

/** What the operator says while the question stands. The run goes on meanwhile: it is not looked at until then. */
async function isToBeEnded(session: Session, runId: string, question: Question): Promise<boolean> {
  const { ask, signal } = session;
  if (ask === null) return false;
  const over = new AbortController();
  const answer = ask("End these sessions now? [y/N] ", AbortSignal.any([signal, over.signal]));
  const done = new AbortController();
  const standing = untilItIsOver(session, runId, question, done.signal).then(() => over.abort());
  try {
    return /^y(es)?$/i.test((await answer)?.trim() ?? "");
  } finally {
    done.abort();
    await standing;
  }
}

const lookMilliseconds = 2_000;

async function untilItIsOver(
  session: Session,
  runId: string,
  { side, until }: Question,
  done: AbortSignal,
): Promise<void> {
  const { clock } = session;
  try {
    for (;;) {
      await clock.sleep(lookMilliseconds, done);
      if (clock.now().getTime() > Date.parse(until)) return;
      if ((await readQuestion(session, runId, side)).kind === "none") return;
    }
  } catch (error) {
    // The operator has answered: nothing is left to wait for.
    if (!done.aborted) throw error;
  }
}

async function end(session: Session, runId: string, step: Step, { side }: Question): Promise<void> {
  try {
    session.emit({ code: "in-flight-ended", ended: await sendEnd(session, runId, { side, step }) });
  } catch (error) {
    if (!(error instanceof OperatorError) || session.signal.aborted) throw error;
    session.emit({ code: "in-flight-not-ended", reason: error.message, remedy: error.remedy });
  }
}
