import { targetName } from "../config/derived";
import type { Environment } from "../config/environment";
import { BadInputError, InterruptedError } from "./errors";
import type { Instance } from "./replacement/found";
import type { Session } from "./session";

/** What is about to be done to an environment's database or host, and cannot be undone as easily. */
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
  | { action: "recover"; runId: string; repo: string; time: string | null; replace: string | null }
  | {
      action: "replace-host";
      instance: Instance;
      /** Whether PostgreSQL can be stopped before. */
      stops: boolean;
      stack: string;
      volumeId: string;
      interfaceId: string;
    };

/** What the consent names. */
type Subject = "database" | "host";

/** Whether there is a way to the operator's consent: looked at before AWS is asked for anything. */
export function checkConfirm(
  { environment, ask }: Session,
  confirm: string | undefined,
  subject: Subject = "database",
): void {
  if (confirm !== undefined) {
    checkName(confirm, subject, `--confirm names ${JSON.stringify(confirm)}`, environment);
  } else if (ask === null) {
    throw new BadInputError(
      "confirm-missing",
      `Nothing was started: it wants the name of the ${subject} of ${environment.name} typed, ` +
        "and there is no terminal to ask on.",
      `Write --confirm ${nameOf(subject, environment)}, if that is what you mean.`,
    );
  }
}

/** Tells what is about to happen, and has the database's or the host's name typed unless it was given already. */
export async function obtainConsent(
  { environment, emit, ask, signal }: Session,
  intent: Intent,
  confirm: string | undefined,
): Promise<void> {
  emit({ code: "about-to", intent });
  if (confirm !== undefined || ask === null) return;
  const subject = intent.action === "replace-host" ? "host" : "database";
  const typed = await ask(`Type the ${subject}'s name to go on: `, signal);
  if (signal.aborted) throw new InterruptedError("interrupted", "Interrupted: nothing was started.", "");
  const shown = typed === null ? "Nothing was typed" : `${JSON.stringify(typed.trim())} was typed`;
  checkName(typed?.trim() ?? "", subject, shown, environment);
}

// Typing the name is the consent, so a wrong name is none.
function checkName(given: string, subject: Subject, shown: string, environment: Environment): void {
  const name = nameOf(subject, environment);
  if (given === name) return;
  throw new BadInputError(
    "confirm-mismatch",
    `${shown}; the ${subject} of ${environment.name} is ${JSON.stringify(name)}. Nothing was started.`,
    `Check --env, then write --confirm ${name} or type that name.`,
  );
}

function nameOf(subject: Subject, environment: Environment): string {
  return subject === "host" ? targetName(environment) : environment.database.name;
}
