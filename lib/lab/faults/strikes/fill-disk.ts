import type { Environment } from "../../../config/environment";
import type { Host } from "../../host";
import { onHost, type Strike } from "./strike";

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

/** The source's dump directory is made a file system of its own beforehand: only it is filled. */
const mountSource = 'install -d -m 0755 "$1" && mount -t tmpfs -o size=4g,mode=0755 lab-dump "$1"';
const fillSource = `
  used=$(df --output=used --block-size=4096 "$1" | tail -n 1)
  mount -o "remount,size=$(((used + 1) * 4096))" "$1"`;
const freeSource = 'mount -o remount,size=4g "$1"';
const unmountSource = 'umount "$1"';

/** A server that found no room for its WAL has stopped, and whoever made room starts it again. */
const startServer =
  'systemctl is-active --quiet "$1" || { systemctl reset-failed "$1"; systemctl start "$1"; }';

export const fillDisk: Strike = async ({ environment, host, postgresqlMajor, side, stepEnded, struck }) => {
  const [fill, free, place] =
    side === "source"
      ? [fillSource, freeSource, dumpDirectoryOf(environment)]
      : [fillTarget, freeTarget, environment.target.dataMount];
  await onHost(host, fill, place);
  struck();
  await stepEnded;
  await onHost(host, free, place);
  if (side === "target") await onHost(host, startServer, `postgresql@${postgresqlMajor}-main.service`);
};

/** Makes what fill-disk on the source needs to be there before the run begins; returns how it is taken away. */
export async function prepareDumpDirectory(
  source: Host,
  environment: Environment,
): Promise<() => Promise<void>> {
  const directory = dumpDirectoryOf(environment);
  await onHost(source, mountSource, directory);
  return () => onHost(source, unmountSource, directory);
}

function dumpDirectoryOf({ source, target }: Environment): string {
  return source.kind === "managed" ? source.dumpDirectory : target.dumpDirectory;
}
