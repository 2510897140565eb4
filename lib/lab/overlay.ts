import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command";
import { LabUnavailable } from "./lab-unavailable";

/** Mounts a writable root over read-only layers (uppermost first) in a directory of its own; returns the root. */
export function mountOverlay(layers: readonly string[], directory: string): string {
  const awkward = [...layers, directory].find((path) => /[:,\\]/.test(path));
  if (awkward !== undefined) {
    throw new LabUnavailable(
      `${awkward}: an overlay's path may hold no colon, comma or backslash. Use another path.`,
    );
  }
  const [upper, work, root] = [join(directory, "upper"), join(directory, "work"), join(directory, "root")];
  for (const folder of [upper, work, root]) mkdirSync(folder, { recursive: true, mode: 0o755 });
  const options = `lowerdir=${layers.join(":")},upperdir=${upper},workdir=${work}`;
  command(["mount", "-t", "overlay", "overlay", "-o", options, root]);
  return root;
}
