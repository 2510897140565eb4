import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FaultChain } from "../faults/cell";
import type { Fault } from "../faults/fault";
import type { FaultInjector } from "../faults/injector";
import { scheduledJobs } from "../faults/orphans";
import { brokenLines, rowsOf, tableLines } from "../faults/table";
import { exitCode } from "./exit-code";
import { startApplication } from "./lab-application-run";
import { Migration } from "./migration";
import type { RehearseOptions } from "./options";
import type { RehearsalLab } from "./rehearsal-lab";
import { reportOf, type StoryEnd, tellStory } from "./story";
import { storyLines } from "./story-lines";

export interface StoryParts {
  readonly lab: RehearsalLab;
  readonly options: RehearseOptions;
  readonly cutover: string;
  readonly injector: FaultInjector;
  readonly fault: Fault | undefined;
  readonly stdout: NodeJS.WritableStream;
  readonly log: (line: string) => void;
}

/** Tells the whole story in a seeded lab, writes its report and prints what came of it; gives the exit code. */
export async function runStory(parts: StoryParts): Promise<number> {
  const { lab, options, fault, log } = parts;
  const application = await startApplication(lab);
  const story = {
    ...{ lab, application, log, cutover: parts.cutover, shows: "progress" as const },
    ...{ carryWrites: options.carryWrites, rollback: options.rollback, drill: options.drill },
  };
  const { broken, lines, report } =
    fault === undefined ? told(await tellStory(story)) : await struck(parts, fault, new Migration(story));
  if (options.report !== undefined && report !== null) writeReport(options.report, report);
  parts.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : lines.join("\n")}\n`);
  for (const sentence of broken) log(sentence);
  return broken.length === 0 ? exitCode.succeeded : exitCode.failed;
}

interface Result extends Pick<StoryEnd, "broken" | "report"> {
  readonly lines: readonly string[];
}

function told(end: StoryEnd): Result {
  return { ...end, lines: storyLines(end) };
}

/** The story with a fault in it: the cell of the matrix, and the way back where it is asked for. */
async function struck(
  { injector, options, log }: StoryParts,
  fault: Fault,
  migration: Migration,
): Promise<Result> {
  const { application, lab } = migration.options;
  const jobs = await scheduledJobs(lab);
  log("the application writes; rehearsing");
  const rehearsed = await migration.rehearse();
  if (rehearsed.exitCode !== 0)
    return { broken: ["The rehearsal failed."], lines: [], report: rehearsed.report };
  const chain = new FaultChain(migration, injector, jobs, log);
  const result = await chain.run(fault);
  if (options.rollback) await chain.leadTo("source");
  await application.stop();
  const rows = rowsOf([result]);
  return {
    broken: brokenLines(rows),
    lines: tableLines(rows),
    report: reportOf(result.ended, result.verification),
  };
}

/** The operator's report, with what only the lab knows, takes the operator's place. */
function writeReport(folder: string, report: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
}
