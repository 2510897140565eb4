import type { Readable } from "node:stream";
import type { Clock } from "../clock";
import type { ProgressOutput } from "./progress";

export interface CommandLineSetting {
  /** By name, as the user wrote them: the one that is asked for is validated here. */
  environments: Readonly<Record<string, unknown>>;
  /** Results; on a terminal it knows how wide it is. */
  stdout: { write(text: string): unknown; columns?: number | undefined };
  /** Progress, questions and errors. */
  stderr: ProgressOutput;
  /** Where answers come from; nobody is asked without it, or where it or stderr is no terminal. */
  stdin?: Readable & { isTTY?: boolean | undefined };
  /** The system's, unless a test hands in its own. */
  clock?: Clock;
}
