import { ConfigurationError } from "../../config/problem";
import { OperatorError } from "../errors";
import { printableLines } from "./printable";

/** An error for stderr: the cause, then the remedy; the stack only of a fault of this program. */
export function errorLines(error: unknown): string[] {
  if (error instanceof OperatorError) {
    const remedy = error.remedy === "" ? [] : printableLines(error.remedy).map((line) => `  ${line}`);
    return [...printableLines(error.message), ...remedy];
  }
  if (error instanceof ConfigurationError) return printableLines(error.message);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return ["A fault of this program; a run that was started goes on.", ...printableLines(text)];
}
