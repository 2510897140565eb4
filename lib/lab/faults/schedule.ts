import type { Side } from "../rehearsal/truth";
import type { Fault } from "./fault";

/** Takes the cell that suits where the truth is now, so that a fault of the way back needs no cutover of its own. */
export function takeNext(cells: Fault[], truth: Side | null): Fault | undefined {
  const automation = truth === "target" ? "Rollback" : "Cutover";
  const suiting = cells.findIndex(({ step }) => step.automation === automation);
  return cells.splice(Math.max(0, suiting), 1)[0];
}
