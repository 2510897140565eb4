import type { Acknowledgement } from "../application/ledger";
import { psql } from "../seed/psql";
import type { RehearsalLab } from "./rehearsal-lab";
import type { Side } from "./truth";

/** What of the application's rows is on a side. */
export interface FoundRows {
  /** How many of its acknowledged numbers. */
  readonly found: number;
  /** The numbers that were acknowledged and are not there. */
  readonly missing: readonly number[];
}

export async function compareWithLedger(
  { environment, lab }: RehearsalLab,
  side: Side,
  ledger: readonly Acknowledgement[],
): Promise<FoundRows> {
  const numbers = await psql(lab.hosts[side], {
    name: `the application's rows on the ${side}`,
    sql: "SELECT number FROM lab.tracker_write WHERE writer = 'application';\n",
    database: environment.database.name,
  });
  const there = new Set(numbers.split("\n").filter(Boolean).map(Number));
  const missing = ledger.map(({ number }) => number).filter((number) => !there.has(number));
  return { found: ledger.length - missing.length, missing };
}
