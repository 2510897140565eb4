import { open, readdir, stat } from "node:fs/promises";
import { SeedError } from "./seed-error";

export type DumpFormat = "custom" | "directory" | "tar" | "plain";

/** What pg_dump wrote, told from the content: its files may have any name. */
export async function dumpFormatOf(path: string): Promise<DumpFormat> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new SeedError(path, "there is no such file or directory");
  if (found.isDirectory()) return requireDirectoryFormat(path);
  const start = await firstBytes(path, 512);
  if (start.subarray(0, 5).toString("latin1") === "PGDMP") return "custom";
  if (start.subarray(257, 262).toString("latin1") === "ustar") return "tar";
  if (isCompressed(start)) throw new SeedError(path, "it is compressed as a whole: decompress it first");
  if (start.includes(0)) throw new SeedError(path, "it is no dump that pg_dump writes");
  return "plain";
}

async function requireDirectoryFormat(path: string): Promise<DumpFormat> {
  if ((await readdir(path)).includes("toc.dat")) return "directory";
  throw new SeedError(path, "a directory made by pg_dump -Fd holds a file toc.dat; this one does not");
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** gzip, zstd, lz4, xz. */
function isCompressed(start: Buffer): boolean {
  return ["1f8b", "28b52ffd", "04224d18", "fd377a58"].some((magic) =>
    start.toString("hex").startsWith(magic),
  );
}
