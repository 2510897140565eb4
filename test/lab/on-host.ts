import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../../lib/lab/host";

/** Runs SQL as the superuser of a host's server and gives what psql prints. */
export async function sql(host: Host, database: string, statements: string): Promise<string> {
  const psql = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"];
  return inHost(host, ["runuser", "-u", "postgres", "--", ...psql, "--dbname", database], statements);
}

/** Runs a bash script as root on a host and gives what it prints. */
export function bash(host: Host, script: string): Promise<string> {
  return inHost(host, ["bash", "-euo", "pipefail", "-c", script], "");
}

async function inHost(host: Host, argv: string[], input: string): Promise<string> {
  const { code, stdout, stderr } = await host.run(argv, { input });
  if (code !== 0) throw new Error(`On ${host.name}: ${argv.join(" ")} ended with ${code}: ${stderr}`);
  return stdout.trim();
}

/** Waits until the condition holds, looking every 200 ms. */
export async function until(
  what: string,
  condition: () => Promise<boolean> | boolean,
  seconds = 120,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`After ${seconds} s there was still no ${what}.`);
    await sleep(200);
  }
}
