import { BadInputError, InterruptedError } from "./errors";
import type { Session } from "./session";

/** What is about to be done to an environment's database, and cannot be undone as easily. */
export type Intent =
  | {
      action: "cutover";
      runId: string;
      replace: string | null;
      inFlight: "ask" | "end";
      allow: string[];
      accept: readonly string[];
    }
  | { action: "rollback"; runId: string; cutoverRun: string; carryWrites: boolean }
  | { action: "signoff"; runId: string; cutoverRun: string }
  | { action: "recover"; runId: string; repo: string; time: string | null; replace: string | null };

/** Whether there is a way to the operator's consent: looked at before AWS is asked for anything. */
export function checkConfirm({ environment, ask }: Session, confirm: string | undefined): void {
  const { name } = environment.database;
  if (confirm !== undefined) {
    checkName(confirm, name, `--confirm names ${JSON.stringify(confirm)}`, environment.name);
  } else if (ask === null) {
    throw new BadInputError(
      "confirm-missing",
      `Nothing was started: it wants the name of the database of ${environment.name} typed, ` +
        "and there is no terminal to ask on.",
      `Write --confirm ${name}, if that is what you mean.`,
    );
  }
}

/** Tells what is about to happen, and has the database's name typed unless it was given already. */
export async function obtainConsent(
  { environment, emit, ask, signal }: Session,
  intent: Intent,
  confirm: string | undefined,
): Promise<void> {
  emit({ code: "about-to", intent });
  if (confirm !== undefined || ask === null) return;
  const { name } = environment.database;
  const typed = await ask("Type the database's name to go on: ", signal);
  if (signal.aborted) throw new InterruptedError("interrupted", "Interrupted: nothing was started.", "");
  const shown = typed === null ? "Nothing was typed" : `${JSON.stringify(typed.trim())} was typed`;
  checkName(typed?.trim() ?? "", name, shown, environment.name);
}

// Typing the database's name is the consent, so a wrong name is none.
function checkName(given: string, name: string, shown: string, environment: string): void {
  if (given === name) return;
  throw new BadInputError(
    "confirm-mismatch",
    `${shown}; the database of ${environment} is ${JSON.stringify(name)}. Nothing was started.`,
    `Check --env, then write --confirm ${name} or type that name.`,
  );
}
