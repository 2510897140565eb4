import { startApplication } from "../rehearsal/lab-application-run";
import { Migration, type MigrationOptions } from "../rehearsal/migration";
import type { RehearsalLab } from "../rehearsal/rehearsal-lab";
import { CannotGoOn, type CellResult, FaultChain } from "./cell";
import { type Fault, faultName } from "./fault";
import type { FaultInjector } from "./injector";
import { scheduledJobs } from "./orphans";
import { takeCompanion, takeNext } from "./schedule";

export interface ExecutionOptions extends Pick<MigrationOptions, "cutover" | "shows"> {
  readonly injector: FaultInjector;
  readonly log: (line: string) => void;
}

/** A real agent looks a minute for a script that died with its host; nothing is learnt from waiting. */
export const LOST_SCRIPT_SECONDS = 3;

/**
 * Executes the cells in a seeded lab, in the order that needs the fewest runs without a fault. Those that a lab in disorder
 * could not be asked for any more have no result.
 */
export async function executeCells(
  lab: RehearsalLab,
  cells: readonly Fault[],
  { injector, log, ...how }: ExecutionOptions,
): Promise<CellResult[]> {
  const application = await startApplication(lab);
  const migration = new Migration({ lab, application, carryWrites: true, ...how });
  const chain = new FaultChain(migration, injector, await scheduledJobs(lab), log);
  log("rehearsing");
  const { exitCode } = await migration.rehearse();
  if (exitCode !== 0) throw new Error(`The rehearsal failed with exit code ${exitCode}: no cell was begun.`);
  const [left, results] = [[...cells], [] as CellResult[]];
  try {
    await executeAll(chain, migration, left, (result) => {
      results.push(result);
      log(`${faultName(result.fault)}: ${result.broken.join(" ") || "kept"} (${left.length} to go)`);
    });
  } catch (error) {
    if (!(error instanceof CannotGoOn)) throw error;
    log(`the lab cannot go on: ${error.message}`);
  }
  await application.stop();
  return results;
}

async function executeAll(
  chain: FaultChain,
  migration: Migration,
  left: Fault[],
  report: (result: CellResult) => void,
): Promise<void> {
  for (
    let next = takeNext(left, "source");
    next !== undefined;
    next = takeNext(left, await migration.truth())
  ) {
    const result = await chain.strike(next);
    if (result.moved) report(result);
    else
      report({ ...result, broken: [...result.broken, ...(await succeedsAgain(chain, next, left, report))] });
  }
}

/**
 * The same automation after a fault before its switch: it has to succeed. Where there is a cell whose fault it survives
 * at or after its switch, that cell is executed in it.
 */
async function succeedsAgain(
  chain: FaultChain,
  fault: Fault,
  left: Fault[],
  report: (result: CellResult) => void,
): Promise<string[]> {
  const companion = takeCompanion(left, fault.step.automation);
  if (companion === undefined) return chain.again(fault);
  const result = await chain.strike(companion);
  report(result);
  return result.moved && result.ended.exitCode === 0 ? [] : chain.again(fault);
}
