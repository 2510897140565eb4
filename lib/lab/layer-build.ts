import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { LabSite } from "./lab-site";

/**
 * Runs a script that builds something in the cache. The lock makes a second lab wait for the first one's work; the
 * namespaces take every mount and process of the script with them, however it ends.
 */
export async function buildLayer(
  site: LabSite,
  lock: string,
  script: readonly string[],
): Promise<{ code: number; output: string }> {
  const contained = [
    "unshare",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
    "bash",
    ...script,
  ];
  const child = site.spawn("build", ["flock", lock, ...contained]);
  child.ref();
  const [code] = (await once(child, "exit")) as [number | null];
  return { code: code ?? -1, output: readFileSync(site.logFile("build"), "utf8") };
}
