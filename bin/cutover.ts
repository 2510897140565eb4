import { runCutover } from "../lib/operator/terminal/command-line";
import { environments } from "./environments";

// The SDK warns on every start that it will want Node 22 from January 2027; the README says so once.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const { stdin, stdout, stderr } = process;
void runCutover(process.argv.slice(2), { environments, stdin, stdout, stderr }).then((exitCode) => {
  process.exitCode = exitCode;
});
