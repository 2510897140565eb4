import type { Side } from "../rehearsal/truth";
import type { Fault } from "./fault";
import { provocationsOf } from "./provocation";

/**
 * Takes the cell that suits where the truth is now, so that a fault of the way back needs no cutover of its own. Those
 * that can be another cell's second run are left for it.
 */
export function takeNext(cells: Fault[], truth: Side | null): Fault | undefined {
  const automation = truth === "target" ? "Rollback" : "Cutover";
  const suiting = cells.filter(({ step }) => step.automation === automation);
  return take(cells, suiting.find((cell) => !survives(cell)) ?? suiting[0] ?? cells[0]);
}

/** Takes a cell of the automation that moves the truth and succeeds in spite of its fault. */
export function takeCompanion(cells: Fault[], automation: Fault["step"]["automation"]): Fault | undefined {
  return take(
    cells,
    cells.find((cell) => cell.step.automation === automation && survives(cell)),
  );
}

/** From the switch on a step is tried three times, but for the last two, which tidy up. */
export function survives({ kind, step }: Fault): boolean {
  const isTriedAgain = step.place !== "before the switch" && !["releaseSource", "unlock"].includes(step.name);
  return isTriedAgain && kind !== "cancel" && provocationsOf(step).length === 0;
}

function take(cells: Fault[], cell: Fault | undefined): Fault | undefined {
  if (cell !== undefined) cells.splice(cells.indexOf(cell), 1);
  return cell;
}
