import type { StepProgress } from "../../lib/operator/events";
import { duration } from "../../lib/operator/terminal/duration";
import { printable } from "../../lib/operator/terminal/printable";
import { Progress } from "../../lib/operator/terminal/progress";
import { labEnvironment } from "./support/environment";

const dump: StepProgress = {
  position: 2,
  total: 12,
  name: "dump",
  host: "source",
  status: "InProgress",
  seconds: 1,
};

function onTerminal(columns: number): { progress: Progress; written: () => string } {
  let text = "";
  const output = { write: (more: string) => (text += more), isTTY: true, columns };
  return { progress: new Progress(output, labEnvironment()), written: () => text };
}

test("on a terminal a running step's line is rewritten until it ends", () => {
  const { progress, written } = onTerminal(80);
  progress.show({ code: "step-changed", step: dump });
  progress.show({ code: "step-running", step: { ...dump, seconds: 3.5 } });
  progress.show({ code: "connection-lost", reason: "ECONNRESET" });
  progress.show({ code: "step-changed", step: { ...dump, status: "Success", seconds: 75 } });
  const name = "dump".padEnd(24);
  expect(written()).toBe(
    `\r( 2/12) ${name}  source  InProgress  1.0 s\u001b[K` +
      `\r( 2/12) ${name}  source  InProgress  3.5 s\u001b[K` +
      "\nAWS cannot be asked (ECONNRESET); the run goes on, trying again …\n" +
      `\r( 2/12) ${name}  source  Success     1 min 15 s\u001b[K\n`,
  );
});

test("a running step's line never wraps", () => {
  const { progress, written } = onTerminal(20);
  progress.show({ code: "step-changed", step: dump });
  expect(written()).toBe(`\r${"( 2/12) dump".padEnd(19)}\u001b[K`);
});

test.each([
  [0, "0.0 s"],
  [59.96, "1 min 00 s"],
  [61, "1 min 01 s"],
  [7385, "2 h 03 min 05 s"],
])("%d seconds are written %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test("what a terminal would obey is written out", () => {
  expect(printable("a\u001b[2Jb\u202ec\r\n\té")).toBe("a\\u001b[2Jb\\u202ec\\u000d\\n\\té");
});
