import type { Fault } from "./fault";
import { survives } from "./schedule";

/** A lab is up and seeded after about as long as two cells take. */
const FEWEST_CELLS = 4;

/** Deals the cells out to labs: each gets as many of either automation, and as many whose fault a run survives. */
export function deal(cells: readonly Fault[], labs: number): Fault[][] {
  const hands = Math.max(1, Math.min(labs, Math.floor(cells.length / FEWEST_CELLS)));
  const sorted = [...cells].sort((one, other) => suit(one).localeCompare(suit(other)));
  return Array.from({ length: hands }, (_, hand) => sorted.filter((_, index) => index % hands === hand));
}

function suit(fault: Fault): string {
  return `${fault.step.automation} ${survives(fault)}`;
}
