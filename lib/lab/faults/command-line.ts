import { CommanderError } from "commander";
import type { RehearsalParts } from "../rehearsal/command-line";
import { environmentNamed, isBadInput } from "../rehearsal/bad-input";
import { exitCode } from "../rehearsal/exit-code";
import { plannedEnvironment } from "../rehearsal/lab-environment";
import { RehearsalLab } from "../rehearsal/rehearsal-lab";
import { archiveAsPlanned } from "../rehearsal/run-preflight";
import { seedSource } from "../rehearsal/seed-source";
import { type Execution, executeCells, LOST_SCRIPT_SECONDS } from "./execution";
import { type Fault, faultName, resolveFault } from "./fault";
import { FaultInjector } from "./injector";
import { matrix } from "./matrix";
import { type FaultsOptions, faultsCommand } from "./options";
import { runbookSteps } from "./runbook-steps";
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

const TARGET_VOLUME_MB = 4096;
const settings = { database: "tracker", ownership: "preserve", source: "managed" } as const;

async function faults(options: FaultsOptions, parts: RehearsalParts): Promise<number> {
  const cells = cellsOf(options, parts);
  if (options.list) {
    parts.stdout.write(cells.map((fault) => `${faultName(fault)}\n`).join(""));
    return exitCode.succeeded;
  }
  const { results, notExecuted } = await execute(cells, options, parts);
  const table = options.json ? [JSON.stringify(rowsOf(results), null, 2)] : tableLines(results);
  parts.stdout.write(`${table.join("\n")}\n`);
  const broken = [
    ...brokenLines(results),
    ...notExecuted.map((fault) => `${faultName(fault)}: not executed`),
  ];
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
): Promise<Execution> {
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
    await archiveAsPlanned(lab, log);
    const shows = options.verbose ? "progress" : "nothing";
    return await executeCells(lab, cells, { cutover, injector, log, shows });
  } finally {
    await lab.stop();
  }
}
