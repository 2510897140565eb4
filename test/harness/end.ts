import { labObstacle } from "../../lib/lab/prerequisites";
import { isAlive } from "../../lib/lab/process-identity";
import { removeLeftovers } from "./leftovers";
import { endTestRun } from "./test-run";

/** Runs once, after all tests: a run that leaves something behind has failed. */
export default function end(): void {
  if (labObstacle() !== undefined) return;
  endTestRun();
  const left = removeLeftovers((owner) => !isAlive(owner));
  if (left.length > 0) throw new Error(`The tests left on this machine: ${left.join(", ")}.`);
}
