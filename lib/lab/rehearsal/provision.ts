import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../host";
import { patienceMs } from "../patience";

/** Runs a script of lib/lab/provision as root on a host, and gives what it prints. What it reads may be secret. */
export async function provision(
  host: Host,
  script: string,
  argv: readonly string[],
  input = "",
): Promise<string> {
  const text = readFileSync(join(__dirname, "..", "provision", script), "utf8");
  const options = { input, timeoutMs: patienceMs };
  const { code, stdout, stderr } = await host.run(["bash", "-c", text, script, ...argv], options);
  if (code !== 0) throw new Error(`${script} failed on the ${host.name} host: ${stderr || stdout}`);
  return stdout;
}
