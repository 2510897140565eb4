import { Command, InvalidArgumentError, Option } from "commander";
import { directory, sizeMb } from "../rehearsal/options";
import { type FaultRequest, faultKinds, parseFault } from "./fault";
import { type Part, parts } from "./matrix";

/** What `npm run faults -- …` was asked for. */
export interface FaultsOptions {
  env: string;
  cells?: FaultRequest[];
  part: Part;
  list: boolean;
  size: number;
  rootfs?: string;
  labs: number;
  json: boolean;
  verbose: boolean;
}

/** Small: what is at stake is which side has the rows, and not how many there are. */
const DEFAULT_SIZE_MB = 30;
/** A lab alone leaves half of two processors idle: much of a cutover is waiting. */
const DEFAULT_LABS = 2;
const MOST_LABS = 8;

/** The command; its action gets the options that were found good. */
export function faultsCommand(action: (options: FaultsOptions) => Promise<void>): Command {
  const kinds = Object.entries(faultKinds).map(([kind, meaning]) => `  ${kind.padEnd(16)} ${meaning}`);
  return new Command("faults")
    .description(
      "Executes the fault matrix in the lab: cutovers and rollbacks with something going wrong in them, an application\n" +
        "writing all along, and looks after each whether one side is the truth and nothing was lost.",
    )
    .option("--env <name>", "the environment of bin/environments.ts whose runbook it is", "prod")
    .addOption(
      new Option("--cells <cells>", "only these: KIND@STEP, with commas between")
        .argParser(cells)
        .conflicts("part"),
    )
    .addOption(new Option("--part <part>", "ci: a few; rest: the others; all").choices(parts).default("all"))
    .option("--list", "print the cells, and run none", false)
    .option("--size <MB>", "size of the sample database", sizeMb, DEFAULT_SIZE_MB)
    .option(
      "--rootfs <dir>",
      "a Debian root with PostgreSQL and TimescaleDB, in place of the cached image",
      directory,
    )
    .option("--labs <n>", "at most how many labs share the cells, at once", labs, DEFAULT_LABS)
    .option("--json", "print the results as JSON", false)
    .option("--verbose", "show the operator's progress and the lab's SSM endpoint's", false)
    .addHelpText("after", ["", "Kinds:", ...kinds].join("\n"))
    .addHelpText(
      "after",
      "\nExit codes: 0 every cell kept every promise, 1 one did not, 2 wrong options or no lab possible here.",
    )
    .allowExcessArguments(false)
    .action(action);
}

function cells(value: string): FaultRequest[] {
  try {
    return value.split(",").map(parseFault);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function labs(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_LABS) return number;
  throw new InvalidArgumentError(`Say how many labs, from 1 to ${MOST_LABS}.`);
}
