import type { Environment } from "../../../config/environment";
import type { Host } from "../../host";
import { onHost, type Scene, type Strike } from "./strike";

const STATE_ROOT = "/var/lib/timescale-cutover";

/** Nothing is written into the file: the volume is full of it all the same, and this machine's disk is not. */
const fillTarget = `
  file=$1/lab-fill
  for unit in $((1024 * 1024)) 65536 4096; do
    while free=$(($(stat --file-system --format='%f * %S' "$1") / unit)) && [ "$free" -gt 0 ]; do
      size=$(stat --format=%s "$file" 2>/dev/null || echo 0)
      fallocate --offset "$size" --length $((free * unit)) "$file" 2>/dev/null ||
        fallocate --offset "$size" --length "$unit" "$file" 2>/dev/null || break
    done
  done`;
const freeTarget = 'rm -f "$1/lab-fill"';

/**
 * The old host's disk, as far as the tool uses it: its state, its logs and its dump lie on one file system, which is made
 * beforehand, with what was there. The server's own files are not on it, for it would have to stop for that.
 */
const mountSource = `
  install -d -m 0755 "$1"
  kept=$(mktemp -d)
  cp -a "$1/." "$kept"
  mount -t tmpfs -o size=4g,mode=0711 lab-disk "$1"
  cp -a "$kept/." "$1"
  rm -r "$kept"`;
const fillSource = `
  used=$(df --output=used --block-size=4096 "$1" | tail -n 1)
  mount -o "remount,size=$(((used + 1) * 4096))" "$1"`;
const freeSource = 'mount -o remount,size=4g "$1"';
const unmountSource = `
  kept=$(mktemp -d)
  cp -a "$1/." "$kept"
  umount --lazy "$1"
  cp -a "$kept/." "$1"
  rm -r "$kept"`;

/** A server that found no room for its WAL has stopped, and whoever made room starts it again. */
const startServer =
  'systemctl is-active --quiet "$1" || { systemctl reset-failed "$1"; systemctl start "$1"; }';

export const fillDisk: Strike = (scene) => fill(scene, scene.stepEnded);

/** Nobody makes room: what opens the source again has to do without. */
export const keepDiskFull: Strike = (scene) => fill(scene, scene.runEnded);

async function fill(
  { environment, host, postgresqlMajor, side, struck }: Scene,
  over: Promise<void>,
): Promise<void> {
  const [fillPlace, free, place] =
    side === "source"
      ? [fillSource, freeSource, sourceDiskOf(environment)]
      : [fillTarget, freeTarget, environment.target.dataMount];
  await onHost(host, fillPlace, place);
  struck();
  await over;
  await onHost(host, free, place);
  if (side === "target") await onHost(host, startServer, `postgresql@${postgresqlMajor}-main.service`);
}

/** Makes what fill-disk on the source needs to be there before the run begins; returns how it is taken away. */
export async function prepareSourceDisk(
  source: Host,
  environment: Environment,
): Promise<() => Promise<void>> {
  const directory = sourceDiskOf(environment);
  await onHost(source, mountSource, directory);
  return () => onHost(source, unmountSource, directory);
}

/** Where the default dump directory lies, and the state of every run. */
function sourceDiskOf({ source, target }: Environment): string {
  if (source.kind === "network") return target.dumpDirectory;
  return source.dumpDirectory.startsWith(`${STATE_ROOT}/`) ? STATE_ROOT : source.dumpDirectory;
}
