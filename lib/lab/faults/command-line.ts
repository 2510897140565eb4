import { CommanderError } from "commander";
import { startApplication } from "../rehearsal/lab-application-run";
import type { RehearsalParts } from "../rehearsal/command-line";
import { environmentNamed, isBadInput } from "../rehearsal/bad-input";
import { exitCode } from "../rehearsal/exit-code";
import { plannedEnvironment } from "../rehearsal/lab-environment";
import { Migration } from "../rehearsal/migration";
import { RehearsalLab } from "../rehearsal/rehearsal-lab";
import { seedSource } from "../rehearsal/seed-source";
import { FaultChain, type CellResult } from "./cell";
import { type Fault, faultName, resolveFault } from "./fault";
import { FaultInjector } from "./injector";
import { matrix } from "./matrix";
import { type FaultsOptions, faultsCommand } from "./options";
import { scheduledJobs } from "./orphans";
import { runbookSteps } from "./runbook-steps";
import { takeNext } from "./schedule";
import { brokenLines, rowsOf, tableLines } from "./table";

/** Runs `npm run faults` and gives the exit code. The table goes to stdout, progress to stderr. */
export async function runFaults(argv: readonly string[], parts: RehearsalParts): Promise<number> {
  let code: number = exitCode.succeeded;
  const command = faultsCommand(async (options) => {
    code = await faults(options, parts);
  })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => parts.stdout.write(text),
      writeErr: (text) => parts.stderr.write(text),
    });
  try {
    await command.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.succeeded : exitCode.badInput;
    if (!isBadInput(error)) throw error;
    parts.stderr.write(`${error.message}\n`);
    return exitCode.badInput;
  }
}

const settings = { database: "tracker", ownership: "preserve", source: "managed" } as const;

async function faults(options: FaultsOptions, parts: RehearsalParts): Promise<number> {
  const cells = cellsOf(options, parts);
  if (options.list) {
    parts.stdout.write(cells.map((fault) => `${faultName(fault)}\n`).join(""));
    return exitCode.succeeded;
  }
  const results = await execute(cells, options, parts);
  const table = options.json ? [JSON.stringify(rowsOf(results), null, 2)] : tableLines(results);
  parts.stdout.write(`${table.join("\n")}\n`);
  const broken = brokenLines(results);
  for (const line of broken) parts.stderr.write(`${line}\n`);
  return broken.length === 0 ? exitCode.succeeded : exitCode.failed;
}

/** Refuses a fault that this environment's runbook cannot have before anything is booted. */
function cellsOf(options: FaultsOptions, { environments, synthesize }: RehearsalParts): Fault[] {
  const rehearsed = environmentNamed({ env: options.env, database: settings.database }, environments);
  const environment = plannedEnvironment(rehearsed, settings);
  const steps = runbookSteps(synthesize(environment), environment);
  return options.cells?.map((request) => resolveFault(request, steps)) ?? matrix(options.part, steps);
}

async function execute(
  cells: Fault[],
  options: FaultsOptions,
  { environments, synthesize, synthesizeHost, cutover, stderr }: RehearsalParts,
): Promise<CellResult[]> {
  const log = (line: string) => void stderr.write(`lab: ${line}\n`);
  const injector = new FaultInjector();
  const lab = await RehearsalLab.start({
    rehearsed: environmentNamed({ env: options.env, database: settings.database }, environments),
    ...{ synthesize, synthesizeHost, log, onStep: injector.onStep },
    endpointLog: options.verbose ? log : () => {},
    lostScriptSeconds: LOST_SCRIPT_SECONDS,
    targetVolumeMb: TARGET_VOLUME_MB,
    ...(options.rootfs !== undefined && { rootfs: options.rootfs }),
  });
  try {
    await lab.deploy(settings);
    await seedSource(lab.lab.hosts.source, { ...settings, size: options.size }, log);
    const shows = options.verbose ? "progress" : "nothing";
    return await executeIn(lab, cells, { cutover, injector, log, shows });
  } finally {
    await lab.stop();
  }
}

/** A real agent looks a minute for a script that died with its host; nothing is learnt from waiting. */
export const LOST_SCRIPT_SECONDS = 3;
const TARGET_VOLUME_MB = 4096;

/** Executes the cells in a seeded lab, in the order that needs the fewest runs without a fault. */
export async function executeIn(
  lab: RehearsalLab,
  cells: readonly Fault[],
  {
    cutover,
    injector,
    log,
    shows,
  }: {
    cutover: string;
    injector: FaultInjector;
    log: (line: string) => void;
    shows: "progress" | "nothing";
  },
): Promise<CellResult[]> {
  const application = await startApplication(lab);
  const migration = new Migration({ lab, application, cutover, carryWrites: true, shows });
  const chain = new FaultChain(migration, injector, await scheduledJobs(lab), log);
  log("rehearsing");
  const { exitCode: rehearsed } = await migration.rehearse();
  if (rehearsed !== 0)
    throw new Error(`The rehearsal failed with exit code ${rehearsed}: no cell was begun.`);
  const [left, results] = [[...cells], [] as CellResult[]];
  for (
    let next = takeNext(left, "source");
    next !== undefined;
    next = takeNext(left, await migration.truth())
  ) {
    const started = Date.now();
    const result = await chain.run(next);
    results.push(result);
    const seconds = Math.round((Date.now() - started) / 1000);
    log(
      `${faultName(next)}: ${result.broken.length === 0 ? "kept" : result.broken.join(" ")} (${seconds} s, ${left.length} to go)`,
    );
  }
  await application.stop();
  return results;
}
