import type { Acknowledgement } from "./ledger";

/** The application could not write, as it saw it. */
export interface Outage {
  /** The last row acknowledged before. */
  readonly startedAt: string;
  /** The first row acknowledged after. */
  readonly endedAt: string;
  readonly seconds: number;
}

/** The longest time between two acknowledgements of which the later came after `since`; null where there are no two. */
export function longestOutage(ledger: readonly Acknowledgement[], since: number): Outage | null {
  let longest: readonly [number, number] | null = null;
  for (const [index, { at }] of ledger.entries()) {
    const before = ledger[index - 1];
    if (before === undefined || at < since) continue;
    if (longest === null || at - before.at > longest[1] - longest[0]) longest = [before.at, at];
  }
  if (longest === null) return null;
  const [from, to] = longest;
  return {
    startedAt: new Date(from).toISOString(),
    endedAt: new Date(to).toISOString(),
    seconds: (to - from) / 1000,
  };
}
