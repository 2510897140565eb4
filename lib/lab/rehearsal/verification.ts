import { longestOutage, type Outage } from "../application/outage";
import type { Migration } from "./migration";
import { compareWithLedger } from "./missing-rows";
import { type Side, writableSides } from "./truth";

/** What was found when the application and both servers were asked. */
export interface Verification {
  /** The side that the secret names. */
  readonly truth: Side | null;
  /** The sides that took the application's login and a write. */
  readonly writable: readonly Side[];
  /** How many rows were acknowledged to the application. */
  readonly acknowledged: number;
  /** How many of them are on the truth. */
  readonly found: number;
  /** Those acknowledged that are not. */
  readonly missing: readonly number[];
  /** The longest time that the application could not write, since the time asked about. */
  readonly outage: Outage | null;
}

/** Looks at the truth and at both servers. What was acknowledged is read first, so rows that come meanwhile do no harm. */
export async function verify(
  { options }: Migration,
  since: number,
  truth: Side | null,
): Promise<Verification> {
  const { application, lab } = options;
  const ledger = [...application.acknowledged()];
  const writable = await writableSides(lab);
  const { found, missing } = await compareWithLedger(lab, truth ?? "source", ledger);
  return {
    truth,
    writable,
    acknowledged: ledger.length,
    found,
    missing,
    outage: longestOutage(ledger, since),
  };
}

/** What does not hold of "one truth, nothing lost", a sentence each. `left`: rows that were to stay behind. */
export function brokenPromises({ truth, writable, missing }: Verification, left: number): string[] {
  const broken = [];
  if (truth === null) broken.push("The application's secret names neither side.");
  if (writable.length !== 1 || writable[0] !== truth) {
    const accepts = writable.length === 0 ? "neither side accepts" : `${writable.join(" and ")} accept`;
    broken.push(`The truth is the ${truth ?? "unknown"}, but ${accepts} the application's writes.`);
  }
  if (missing.length !== left) {
    const numbers = missing.slice(0, 10).join(", ");
    const wanted = left === 0 ? "none may be" : `${left} were to be`;
    broken.push(`${missing.length} acknowledged rows are missing on the truth (${numbers}); ${wanted}.`);
  }
  return broken;
}
