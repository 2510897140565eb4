import { runCutover } from "../lib/operator/terminal/command-line";
import { environments } from "./environments";

void runCutover(process.argv.slice(2), { environments, stdout: process.stdout, stderr: process.stderr }).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
);
