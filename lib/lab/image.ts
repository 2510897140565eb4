import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LabUnavailable } from "./lab-unavailable";
import type { LabSite } from "./lab-site";
import { buildLayer } from "./layer-build";
import { assertRoom } from "./prerequisites";

/** The packages of the hosts, and those of the AWS doubles, which run from the same root. */
const packages = [
  "systemd,systemd-sysv,dbus,udev,iproute2,iputils-ping,procps,util-linux,e2fsprogs,locales,less",
  "sudo,openssh-server,openssh-client,ca-certificates,curl,jq,zstd,openssl,gpg,cloud-init,awscli",
  "postgresql-17,postgresql-client-17,postgresql-17-postgis-3,postgresql-17-postgis-3-scripts",
  "postgresql-17-timescaledb,pgbackrest",
  "python3-moto,python3-flask-cors,python3-openapi-spec-validator,python3-pyparsing,python3-jsonpath-ng",
].join(",");

const cacheVariable = "TIMESCALE_CUTOVER_CACHE";
const buildScript = join(__dirname, "image", "build-base-image.sh");
const keepScript = join(__dirname, "image", "keep-packages.sh");

export function cacheDirectory(): string {
  const directory = process.env[cacheVariable] ?? "/var/cache/timescale-cutover";
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** The lab's own Debian root (read only, shared by every lab), built when this machine has none of this recipe. */
export async function baseImage(site: LabSite, log: (line: string) => void): Promise<string> {
  const recipe = createHash("sha256")
    .update(packages)
    .update(readFileSync(buildScript))
    .update(readFileSync(keepScript))
    .digest("hex")
    .slice(0, 16);
  const image = join(cacheDirectory(), `base-${recipe}`);
  if (existsSync(image)) return image;
  assertRoom(cacheDirectory(), 3e9, cacheVariable);
  log("building the Debian image (once; one to three minutes)");
  const { code, output } = await buildLayer(site, `${image}.lock`, [buildScript, image, packages]);
  if (code !== 0) {
    const reason = output.trim().split("\n").slice(-3).join(" | ");
    throw new LabUnavailable(`The Debian image could not be built (mmdebstrap trixie): ${reason}`);
  }
  return image;
}
