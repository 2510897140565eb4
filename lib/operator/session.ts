import type { Environment } from "../config/environment";
import type { Clients } from "./clients";
import type { Clock } from "./clock";
import type { Emit } from "./events";

/** Asks the operator and gives the line that was typed; null when the input ended or the signal was aborted. */
export type Ask = (question: string, signal: AbortSignal) => Promise<string | null>;

/** What every command of the operator works with. */
export interface Session {
  environment: Environment;
  clients: Clients;
  clock: Clock;
  emit: Emit;
  /** Null where nobody can be asked. */
  ask: Ask | null;
  /** Aborted to stop following (Ctrl-C); the run itself is not stopped by it. */
  signal: AbortSignal;
  /** Where report.json goes; nowhere when absent. */
  reportDirectory?: string;
}
