import { join } from "node:path";
import { synthesizeHost } from "../lib/host/synthesize";
import { runFaults } from "../lib/lab/faults/command-line";
import { synthesizeRunbook } from "../lib/runbook/synthesize";
import { environments } from "./environments";

// The SDK warns on every start that it will want Node 22 from January 2027; the README says so once.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
// What is executed here `cdk synth` checks: the engine of CloudFormation's rules takes ten seconds to start.
process.env["CDK_VALIDATION"] ??= "false";

void runFaults(process.argv.slice(2), {
  environments,
  synthesize: synthesizeRunbook,
  synthesizeHost,
  cutover: join(__dirname, "lab-cutover.ts"),
  script: __filename,
  stdout: process.stdout,
  stderr: process.stderr,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
