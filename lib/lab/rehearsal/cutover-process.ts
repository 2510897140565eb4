import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import type { RehearseOptions } from "./options";

/** Runs `cutover rehearse` to its end and gives its exit code. */
export async function runCutover(
  { cutover }: { cutover: string },
  options: Pick<RehearseOptions, "env" | "report" | "json">,
  environment: Record<string, string>,
): Promise<number> {
  const argv = ["rehearse", "--env", options.env];
  if (options.report !== undefined) argv.push("--report", options.report);
  if (options.json) argv.push("--json");
  const child = spawn(process.execPath, ["--import", "tsx", cutover, ...argv], {
    cwd: dirname(cutover),
    env: { ...process.env, ...environment },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}
