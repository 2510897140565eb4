import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../../lib/lab/host";
import { moved, standstill } from "../harness/progress";

/** Runs SQL as the superuser of a host's server and gives what psql prints. */
export async function sql(host: Host, database: string, statements: string): Promise<string> {
  const psql = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"];
  return inHost(host, ["runuser", "-u", "postgres", "--", ...psql, "--dbname", database], statements);
}

/** Runs a bash script as root on a host and gives what it prints. */
export function bash(host: Host, script: string, input = ""): Promise<string> {
  return inHost(host, ["bash", "-euo", "pipefail", "-c", script], input);
}

async function inHost(host: Host, argv: string[], input: string): Promise<string> {
  const { code, stdout, stderr } = await host.run(argv, { input });
  if (code !== 0) throw new Error(`On ${host.name}: ${argv.join(" ")} ended with ${code}: ${stderr}`);
  return stdout.trim();
}

/** Waits until the condition holds, looking every 200 ms, for as long as anything moves. */
export async function until(what: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  moved(`waiting for the ${what}`);
  while (!(await condition())) {
    const words = standstill();
    if (words !== undefined) throw new Error(`There is still no ${what}. ${words}`);
    await sleep(200);
  }
}
