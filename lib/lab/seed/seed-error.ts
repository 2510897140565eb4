/** The source could not be seeded. The message names the file (and its line, where there is one) and what was said. */
export class SeedError extends Error {
  override readonly name = "SeedError";

  constructor(
    /** The file or dump that was being read. */
    readonly file: string,
    /** What psql or pg_restore said, or what is wrong with the file. */
    readonly reason: string,
    /** Counted from 1, in `file`. */
    readonly line?: number,
  ) {
    super(`${file}${line === undefined ? "" : `:${line}`}: ${reason}`);
  }
}
