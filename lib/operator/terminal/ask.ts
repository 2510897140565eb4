import { createInterface } from "node:readline";
import type { Ask } from "../session";
import type { CommandLineSetting } from "./setting";

/** How the operator is asked; null where nobody sits at a terminal. */
export function askAtTerminal({ stdin, stderr }: CommandLineSetting): Ask | null {
  if (stdin?.isTTY !== true || stderr.isTTY !== true) return null;
  return async (question, signal) => {
    // Not as a terminal's line editor, which would take Ctrl-C for itself.
    const lines = createInterface({ input: stdin, terminal: false });
    try {
      return await new Promise<string | null>((resolve) => {
        const unanswered = () => {
          // What follows must not stand behind the question.
          stderr.write("\n");
          resolve(null);
        };
        lines.once("line", (line) => {
          lines.off("close", unanswered);
          signal.removeEventListener("abort", unanswered);
          resolve(line);
        });
        lines.once("close", unanswered);
        signal.addEventListener("abort", unanswered, { once: true });
        stderr.write(question);
        if (signal.aborted) unanswered();
      });
    } finally {
      lines.removeAllListeners("close");
      lines.close();
    }
  };
}
