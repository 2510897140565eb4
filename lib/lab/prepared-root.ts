import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { cacheDirectory } from "./image";
import { LabUnavailable } from "./lab-unavailable";
import type { LabSite } from "./lab-site";
import { buildLayer } from "./layer-build";
import { extensionVersion, serverMajor } from "./root-contents";

const prepareScript = join(__dirname, "image", "prepare-root.sh");

/**
 * The layers (uppermost first) of hosts that start from a Debian root of the user's: the root, and over it a cached
 * layer with what it lacks. Throws `LabUnavailable` that names what is missing when that cannot be installed.
 */
export async function prepareRoot(
  site: LabSite,
  rootfs: string,
  log: (line: string) => void,
): Promise<string[]> {
  const root = existingRoot(rootfs);
  const major = serverMajor(root);
  if (extensionVersion(root, major, "timescaledb") === undefined) {
    throw new LabUnavailable(`${root} holds no TimescaleDB for PostgreSQL ${major} (timescaledb.control).`);
  }
  const layer = join(cacheDirectory(), `layer-${fingerprintOf(root)}`);
  if (existsSync(layer)) return [layer, root];
  log(`preparing ${root} (once)`);
  const { code, output } = await buildLayer(site, `${layer}.lock`, [
    prepareScript,
    root,
    layer,
    String(major),
  ]);
  if (code !== 0)
    throw new LabUnavailable(`${root} ${lastLine(output)}. Install them in it, or mend its apt sources.`);
  return [layer, root];
}

function existingRoot(rootfs: string): string {
  if (!existsSync(join(rootfs, "etc/os-release")) || !existsSync(join(rootfs, "var/lib/dpkg/status"))) {
    throw new LabUnavailable(
      `${rootfs} is no root of Debian (no etc/os-release, or no var/lib/dpkg/status).`,
    );
  }
  return realpathSync(rootfs);
}

/** Changes with the root's place, with what dpkg has installed in it, and with the recipe. */
function fingerprintOf(root: string): string {
  const hash = createHash("sha256")
    .update(root)
    .update(String(statSync(root).mtimeMs));
  for (const file of [join(root, "var/lib/dpkg/status"), prepareScript]) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}
