import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes a file into a host's root. What is there is removed first: it may be a link that leads out of the root. */
export function writeInRoot(root: string, path: string, content: string, mode = 0o644): void {
  writeFileSync(clearedPlace(root, path), content, { mode });
}

/** Makes a symbolic link in a host's root; `target` is as the host will see it. */
export function linkInRoot(root: string, path: string, target: string): void {
  symlinkSync(target, clearedPlace(root, path));
}

/** Runs what writes into a host's root: the host's services must be able to read it, whatever this process's umask. */
export function readableByServices<Result>(write: () => Result): Result {
  const umask = process.umask(0o022);
  try {
    return write();
  } finally {
    process.umask(umask);
  }
}

function clearedPlace(root: string, path: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true, recursive: true });
  return file;
}
