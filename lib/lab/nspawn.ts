import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HostSettings } from "./host";
import { namespacePath } from "./network";

/** Where a host sees its data volume: a Nitro instance's second NVMe device. */
export const volumeDevice = "/dev/nvme1n1";

/** The script that keeps a host up, and what it is called with. */
const superviseScript = join(__dirname, "boot", "run-host.sh");

/** The command line that keeps a host up until it is ended. */
export function supervisor({ site, name }: HostSettings): string[] {
  return ["bash", superviseScript, optionsFile({ site, name }), ...site.cgroup.member(name)];
}

/** Writes the options of the host's next start; a reboot is one. */
export function writeNspawnOptions(settings: HostSettings): void {
  writeFileSync(
    optionsFile(settings),
    nspawnOptions(settings)
      .map((option) => `${option}\0`)
      .join(""),
  );
}

function optionsFile({ site, name }: Pick<HostSettings, "site" | "name">): string {
  return join(site.directory, name, "nspawn-options");
}

function nspawnOptions({ site, name, root, volume }: HostSettings): string[] {
  return [
    "--quiet",
    "--boot",
    "--register=no",
    "--keep-unit",
    `--machine=${site.namespace(name)}`,
    `--hostname=${name}`,
    `--directory=${root}`,
    `--network-namespace-path=${namespacePath(site.namespace(name))}`,
    "--resolv-conf=off",
    "--timezone=off",
    "--link-journal=no",
    "--console=read-only",
    ...(volume?.attached === true ? [`--bind=${volume.data.device}:${volumeDevice}`] : []),
  ];
}
