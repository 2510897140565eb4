import { join } from "node:path";
import { runRehearsal } from "../lib/lab/rehearsal/command-line";
import { synthesizeRunbook } from "../lib/runbook/synthesize";
import { environments } from "./environments";

void runRehearsal(process.argv.slice(2), {
  environments,
  synthesize: synthesizeRunbook,
  cutover: join(__dirname, "cutover.ts"),
  stdout: process.stdout,
  stderr: process.stderr,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
