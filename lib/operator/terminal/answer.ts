import type { Conclusion } from "../conclude";
import { exitCodeOf, type ExitCode } from "./exit-code";
import { summaryLines } from "./summary";

/** What a command answers its caller with on stdout. */
export interface Answer {
  exitCode: ExitCode;
  /** For people; a table's as wide as their terminal, which is undefined where there is none. */
  lines: string[] | ((columns: number | undefined) => string[]);
  /** With --json, in place of the lines. */
  json: unknown;
}

/** A run that has ended. */
export function answerOf(conclusion: Conclusion): Answer {
  return {
    exitCode: exitCodeOf(conclusion),
    lines: summaryLines(conclusion),
    json: conclusion.report,
  };
}
