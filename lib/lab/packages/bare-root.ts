import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { cacheDirectory } from "../image";
import type { LabSite } from "../lab-site";
import { LabUnavailable } from "../lab-unavailable";
import { buildLayer } from "../layer-build";

const buildScript = join(__dirname, "build-bare-root.sh");
/** Where the image keeps the packages that a bare root lacks: image/keep-packages.sh. */
const keptPackages = "srv/packages";

/**
 * The layers (uppermost first) of a host that is as a new instance is: the lab's image without PostgreSQL, its
 * extensions, pgBackRest, and some of the tools that the boot installs. The upper layer is cached.
 */
export async function bareRoot(site: LabSite, image: string): Promise<string[]> {
  const recipe = createHash("sha256").update(readFileSync(buildScript)).digest("hex").slice(0, 16);
  const layer = join(cacheDirectory(), `bare-${recipe}-${basename(image)}`);
  if (existsSync(layer)) return [layer, image];
  const { code, output } = await buildLayer(site, `${layer}.lock`, [buildScript, image, layer]);
  if (code !== 0) {
    throw new LabUnavailable(
      `The packages could not be purged from ${image}: ${output.trim().split("\n").at(-1)}`,
    );
  }
  return [layer, image];
}

/** The .deb files of the packages that a bare root lacks, at the image's versions. */
export function packagesOf(image: string): string[] {
  const folder = join(image, keptPackages);
  return readdirSync(folder).map((name) => join(folder, name));
}
