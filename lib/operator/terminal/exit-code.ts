import { ConfigurationError } from "../../config/problem";
import type { Conclusion } from "../conclude";
import { BadInputError, FailedError, InterruptedError, NothingStartedError } from "../errors";
import { succeeded } from "../status";

/** What the command line answers its caller with. */
export const ExitCode = {
  Succeeded: 0,
  RunFailed: 1,
  BadInput: 2,
  NothingStarted: 3,
  OutcomeUnknown: 4,
  Interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** For --help and the README. */
export const exitCodeMeanings: readonly (readonly [ExitCode, string])[] = [
  [
    ExitCode.Succeeded,
    "the run succeeded; check: no check failed, it may have warned; approve, end-in-flight: it was done; trust: what to do was printed; status: the truth is known and open; archive status: nothing is lost or fails; host replace: the cluster is back",
  ],
  [
    ExitCode.RunFailed,
    "the run failed, timed out or was cancelled; check: a check failed or could not be made; end-in-flight: they were not ended; status: the truth is unknown or fenced; archive status: something is lost, fails or is about to; host replace: what was begun failed, and can be begun again",
  ],
  [ExitCode.BadInput, "bad input: an argument, the typed name or the environment; nothing was started"],
  [
    ExitCode.NothingStarted,
    "AWS could not be reached or refused, a run is in progress, or what stands there forbids it; nothing was started",
  ],
  [ExitCode.OutcomeUnknown, "the run was started, or may have been, and how it ends was not seen"],
  [ExitCode.Interrupted, "interrupted; a run that was started goes on"],
];

export function exitCodeOf(conclusion: Conclusion): ExitCode {
  return conclusion.status === succeeded ? ExitCode.Succeeded : ExitCode.RunFailed;
}

export function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof BadInputError || error instanceof ConfigurationError) return ExitCode.BadInput;
  if (error instanceof FailedError) return ExitCode.RunFailed;
  if (error instanceof NothingStartedError) return ExitCode.NothingStarted;
  if (error instanceof InterruptedError) return ExitCode.Interrupted;
  // A fault of this program says nothing of the run: it may well be going on.
  return ExitCode.OutcomeUnknown;
}
