/** What moved last in a test file, in the words of who moved. */
export interface Progress {
  /** In milliseconds since the epoch. */
  at: number;
  words: string;
}

declare global {
  /** The environment of the file (environment.ts) makes it, and ends a test that stands still. */
  var progress: Progress | undefined;
}

/** How long nothing may move: a test and a hook may take as long as they want while something does. */
export const standstillMs = 10 * 60_000;

/** Tells that something has moved: a host came up, a step began or ended. */
export function moved(words: string): void {
  globalThis.progress = { at: Date.now(), words };
}

/** The words for what has stood still for too long; undefined while something still moves. */
export function standstill(
  progress: Progress | undefined = globalThis.progress,
  limitMs = standstillMs,
): string | undefined {
  if (progress === undefined || Date.now() - progress.at < limitMs) return undefined;
  return `Nothing has moved for ${limitMs / 1000} s since: ${progress.words}`;
}
