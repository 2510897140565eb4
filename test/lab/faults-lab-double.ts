/**
 * Stands for the script of `npm run faults`, which would boot a lab: says what it was asked for, and gives a row for each of
 * its cells. A cell of `dump` is one that its lab does not get to; where there is one of `restore` it runs until a signal.
 */
import { writeSync } from "node:fs";

const argv = process.argv.slice(2);
const cells = (argv[argv.indexOf("--cells") + 1] ?? "").split(",");
if (cells.some((cell) => cell.endsWith(".restore"))) {
  process.on("SIGTERM", () => {
    writeSync(2, "lab: taken down\n");
    process.exit(1);
  });
  setInterval(() => undefined, 1000);
  tell();
} else {
  tell();
  const rows = cells
    .filter((cell) => !cell.endsWith(".dump"))
    .map((cell) => {
      const [fault, step] = cell.split("@");
      return {
        fault,
        step,
        outcome: "",
        truth: "source",
        acknowledgedRows: 1,
        foundRows: 1,
        missingRows: 0,
        outage: null,
        broken: [],
      };
    });
  writeSync(1, JSON.stringify(rows));
  process.exitCode = cells.length === rows.length ? 0 : 1;
}

/** A test may send the signal as soon as it has read this. */
function tell(): void {
  writeSync(2, `lab: asked for ${argv.join(" ")}\n`);
}
