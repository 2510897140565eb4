import { join } from "node:path";
import { environments } from "../../bin/environments";
import { runFaults } from "../../lib/lab/faults/command-line";
import { synthesizeRunbook } from "../../lib/runbook/synthesize";

const cutover = "/nonexistent";

void runFaults(process.argv.slice(2), {
  environments,
  synthesize: synthesizeRunbook,
  synthesizeHost: () => {
    throw new Error("No host may be synthesized.");
  },
  cutover,
  script: join(__dirname, "faults-lab-double.ts"),
  stdout: process.stdout,
  stderr: process.stderr,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
