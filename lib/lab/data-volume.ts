import { closeSync, ftruncateSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command";

/**
 * Makes and mounts an ext4 volume of its own size in a sparse file, as a host's data volume; returns where it is
 * mounted. The mount is this machine's, so that the volume outlives a killed host.
 */
export function mountDataVolume(directory: string, sizeMb: number): string {
  const [image, mountPoint] = [join(directory, "volume.ext4"), join(directory, "volume")];
  mkdirSync(mountPoint, { recursive: true });
  const file = openSync(image, "w");
  ftruncateSync(file, sizeMb * 1024 * 1024);
  closeSync(file);
  command(["mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=1,lazy_journal_init=1", image]);
  command(["mount", "-o", "loop", image, mountPoint]);
  return mountPoint;
}
