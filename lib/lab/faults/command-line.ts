import { CommanderError } from "commander";
import { environmentNamed, isBadInput } from "../rehearsal/bad-input";
import type { RehearsalParts } from "../rehearsal/command-line";
import { exitCode } from "../rehearsal/exit-code";
import { plannedEnvironment } from "../rehearsal/lab-environment";
import { deal } from "./deal";
import { type Fault, faultName, resolveFault } from "./fault";
import { matrix } from "./matrix";
import { executeInOneLab, settings } from "./one-lab";
import { type FaultsOptions, faultsCommand } from "./options";
import { runbookSteps } from "./runbook-steps";
import { executeInSeveralLabs } from "./several-labs";
import { brokenLines, type FaultRow, nameOf, tableLines } from "./table";

/** Runs `npm run faults` and gives the exit code. The table goes to stdout, progress to stderr. */
export async function runFaults(argv: readonly string[], parts: FaultsParts): Promise<number> {
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

/** What `npm run faults` is put together from. */
export interface FaultsParts extends RehearsalParts {
  /** The script that called this: it is run again for each of several labs. */
  readonly script: string;
}

async function faults(options: FaultsOptions, parts: FaultsParts): Promise<number> {
  const cells = cellsOf(options, parts);
  if (options.list) {
    parts.stdout.write(cells.map((fault) => `${faultName(fault)}\n`).join(""));
    return exitCode.succeeded;
  }
  const executed = await execute(cells, options, parts);
  const rows = cells.flatMap((fault) => executed.rows.filter((row) => nameOf(row) === faultName(fault)));
  const table = options.json ? [JSON.stringify(rows, null, 2)] : tableLines(rows);
  parts.stdout.write(`${table.join("\n")}\n`);
  const broken = [...brokenLines(rows), ...notExecutedLines(cells, rows)];
  for (const line of broken) parts.stderr.write(`${line}\n`);
  return broken.length === 0 ? exitCode.succeeded : Math.max(executed.exitCode, exitCode.failed);
}

/** Refuses a fault that this environment's runbook cannot have before anything is booted. */
function cellsOf(options: FaultsOptions, { environments, synthesize }: FaultsParts): Fault[] {
  const rehearsed = environmentNamed({ env: options.env, database: settings.database }, environments);
  const environment = plannedEnvironment(rehearsed, settings);
  const steps = runbookSteps(synthesize(environment), environment);
  return options.cells?.map((request) => resolveFault(request, steps)) ?? matrix(options.part, steps);
}

async function execute(
  cells: readonly Fault[],
  options: FaultsOptions,
  parts: FaultsParts,
): Promise<{ rows: FaultRow[]; exitCode: number }> {
  const dealt = deal(cells, options.labs);
  if (dealt.length > 1) return executeInSeveralLabs({ dealt, ...parts }, options);
  return { rows: await executeInOneLab(cells, options, parts), exitCode: exitCode.succeeded };
}

function notExecutedLines(cells: readonly Fault[], rows: readonly FaultRow[]): string[] {
  const executed = new Set(rows.map(nameOf));
  return cells
    .map(faultName)
    .filter((name) => !executed.has(name))
    .map((name) => `${name}: not executed`);
}
