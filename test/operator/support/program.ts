import { runCutover } from "../../../lib/operator/terminal/command-line";
import { lab } from "./environment";

// The program with an environment of the tests, for what only a process of its own can show.
const setting = { environments: { lab }, stdout: process.stdout, stderr: process.stderr };
void runCutover(process.argv.slice(2), setting).then((exitCode) => {
  process.exitCode = exitCode;
});
