import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import type { DumpFormat } from "./dump-format";
import { feed } from "./feed";
import { SeedError } from "./seed-error";
import type { SeedHost } from "./seed-host";

/**
 * Copies an archive of this machine into a host, so that pg_restore can go through it more than once, hands its path
 * in there to `use`, and removes it afterwards.
 */
export async function withCarried<T>(
  host: SeedHost,
  path: string,
  format: DumpFormat,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = `/var/tmp/seed-dump-${process.pid}`; // On disk: /tmp may be memory.
  const carried = `${folder}/dump`;
  try {
    await run(host, path, [
      "install",
      "-d",
      "-m",
      "0700",
      folder,
      ...(format === "directory" ? [carried] : []),
    ]);
    if (format === "directory") await run(host, path, ["tar", "-x", "-C", carried], packed(path));
    else await writeFile(host, path, carried, createReadStream(path));
    await run(host, path, ["chown", "-R", "postgres:postgres", folder]);
    return await use(carried);
  } finally {
    await run(host, path, ["rm", "-rf", folder]);
  }
}

/** Writes a file in a host. `dd` since stdin may be a socket, which cannot be opened again as /dev/stdin. */
export async function writeFile(
  host: SeedHost,
  path: string,
  written: string,
  content: Readable | string,
): Promise<void> {
  await run(host, path, ["dd", "status=none", "bs=1M", `of=${written}`], content);
}

function packed(directory: string): Readable {
  return spawn("tar", ["-c", "-C", directory, "."], { stdio: ["ignore", "pipe", "inherit"] }).stdout;
}

async function run(host: SeedHost, path: string, argv: string[], input?: Readable | string): Promise<void> {
  const ended = await feed(host.spawn(argv, { cwd: "/" }), input);
  if (ended.code !== 0)
    throw new SeedError(path, `it could not be carried into the host: ${ended.stderr.trim()}`);
}
