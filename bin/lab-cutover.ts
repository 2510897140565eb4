import { readFileSync } from "node:fs";
import { runCutover } from "../lib/operator/terminal/command-line";

/*
 * The operator's command line in the lab: the same but for the environments, which are not those of bin/environments.ts
 * but what the lab made of them (its hosts' addresses, its application).
 */

// The SDK warns on every start that it will want Node 22 from January 2027; the README says so once.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const environments = JSON.parse(
  readFileSync(process.env["TIMESCALE_CUTOVER_LAB_ENVIRONMENTS"] ?? "", "utf8"),
) as Record<string, unknown>;

void runCutover(process.argv.slice(2), { environments, stdout: process.stdout, stderr: process.stderr }).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
);
