import type { Outage } from "../application/outage";
import type { Side } from "../rehearsal/truth";
import type { CellResult } from "./cell";
import { qualifiedName } from "./fault";

/** What came of a cell, as `--json` prints it. */
export interface FaultRow {
  readonly fault: string;
  readonly step: string;
  readonly outcome: string;
  readonly truth: Side | null;
  readonly acknowledgedRows: number;
  readonly foundRows: number;
  readonly missingRows: number;
  /** As the application saw it; null where it noticed nothing. */
  readonly outage: Outage | null;
  /** The promises that were not kept, a sentence each. */
  readonly broken: readonly string[];
}

const columns = ["fault", "step", "outcome", "truth", "acknowledged", "found", "seconds", ""] as const;

export function rowsOf(results: readonly CellResult[]): FaultRow[] {
  return results.map(({ fault, outcome, verification, broken }) => ({
    fault: fault.kind,
    step: qualifiedName(fault.step),
    outcome,
    truth: verification.truth,
    acknowledgedRows: verification.acknowledged,
    foundRows: verification.found,
    missingRows: verification.missing.length,
    outage: verification.outage,
    broken,
  }));
}

/** A line for each cell: seconds until the application wrote again, and whether the promises were kept. */
export function tableLines(rows: readonly FaultRow[]): string[] {
  const table = [[...columns], ...rows.map(cellsOf)];
  const widths = columns.map((_, column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** What was not kept, below the table. */
export function brokenLines(rows: readonly FaultRow[]): string[] {
  return rows.flatMap((row) => row.broken.map((sentence) => `${nameOf(row)}: ${sentence}`));
}

/** A row's fault as faultName() gives it. */
export function nameOf({ fault, step }: FaultRow): string {
  return `${fault}@${step}`;
}

function cellsOf(row: FaultRow): string[] {
  return [
    row.fault,
    row.step,
    row.outcome,
    row.truth ?? "unknown",
    String(row.acknowledgedRows),
    String(row.foundRows),
    row.outage === null ? "–" : row.outage.seconds.toFixed(1),
    row.broken.length === 0 ? "kept" : "BROKEN",
  ];
}
