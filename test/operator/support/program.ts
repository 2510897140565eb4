import { runCutover } from "../../../lib/operator/terminal/command-line";
import { lab } from "./environment";

// The program with an environment of the tests, for what only a process of its own can show.
const { stdin, stdout, stderr } = process;
void runCutover(process.argv.slice(2), { environments: { lab }, stdin, stdout, stderr }).then((exitCode) => {
  process.exitCode = exitCode;
});
