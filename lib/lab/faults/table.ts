import type { CellResult } from "./cell";
import { qualifiedName } from "./fault";

const columns = ["fault", "step", "outcome", "truth", "acknowledged", "found", "seconds", ""] as const;

/** A line for each cell: seconds until the application wrote again, and whether the promises were kept. */
export function tableLines(results: readonly CellResult[]): string[] {
  const rows = [[...columns], ...results.map(rowOf)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** What was not kept, below the table. */
export function brokenLines(results: readonly CellResult[]): string[] {
  return results.flatMap(({ fault, broken }) =>
    broken.map((sentence) => `${fault.kind}@${qualifiedName(fault.step)}: ${sentence}`),
  );
}

/** The same as data. */
export function rowsOf(results: readonly CellResult[]): Record<string, unknown>[] {
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

function rowOf({ fault, outcome, verification, broken }: CellResult): string[] {
  const { truth, acknowledged, found, outage } = verification;
  return [
    fault.kind,
    qualifiedName(fault.step),
    outcome,
    truth ?? "unknown",
    String(acknowledged),
    String(found),
    outage === null ? "–" : outage.seconds.toFixed(1),
    broken.length === 0 ? "kept" : "BROKEN",
  ];
}
