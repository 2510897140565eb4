import { accessSync, constants, statSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { type FaultRequest, faultKinds, parseFault } from "../faults/fault";

/** What `npm run rehearse -- …` was asked for. */
export interface RehearseOptions {
  env: string;
  size: number;
  sourceSql?: string;
  sourceDump?: string;
  rootfs?: string;
  database: string;
  ownership: "preserve" | "reassign";
  source: "managed" | "network";
  report?: string;
  keep: boolean;
  json: boolean;
  verbose: boolean;
  removeKept: boolean;
  /** Seconds that every step takes on its way to its host. */
  stepLatency: number;
  /** `cutover check` alone, after the rehearsal that it asks for. */
  only?: "preflight";
  /** The whole story: rehearsal, cutover, verification, with an application that writes all along. */
  cutover: boolean;
  /** And a restore drill from each repository. */
  drill: boolean;
  /** And the way back. */
  rollback: boolean;
  carryWrites: boolean;
  fault?: FaultRequest;
}

const DEFAULT_SIZE_MB = 200;
/** An empty database with PostGIS is as large as this. */
const SMALLEST_SIZE_MB = 25;
const LARGEST_SIZE_MB = 20_000;
/** SSM gives up on a step that has not reached its host after a minute. */
const LONGEST_LATENCY_SECONDS = 25;

/** The command; its action gets the options that were found good. */
export function rehearseCommand(action: (options: RehearseOptions) => Promise<void>): Command {
  return new Command("rehearse")
    .description(
      "Rehearses the migration on this machine: boots a source, a target and a repository host, seeds the source, runs\n" +
        "the synthesized Rehearsal through `cutover`, prints the comparison, and takes everything down again.\n" +
        "With --cutover the rest of the story too, with an application that writes all along; with --only preflight\n" +
        "the checks that come before it.",
    )
    .option("--env <name>", "the environment of bin/environments.ts that is rehearsed", "prod")
    .option("--size <MB>", "size of the sample database", sizeMb, DEFAULT_SIZE_MB)
    .addOption(
      new Option(
        "--source-sql <file>",
        "seed the source with this SQL, run as superuser, in place of the sample",
      )
        .argParser(readableFile)
        .conflicts("sourceDump"),
    )
    .addOption(
      new Option("--source-dump <path>", "seed the source by restoring this pg_dump (any format)").argParser(
        readablePath,
      ),
    )
    .option(
      "--rootfs <dir>",
      "a Debian root with PostgreSQL and TimescaleDB, in place of the cached image",
      directory,
    )
    .option("--database <name>", "the database that moves", "tracker")
    .addOption(
      new Option("--ownership <mode>", "preserve every owner, or reassign everything to one role")
        .choices(["preserve", "reassign"])
        .default("preserve"),
    )
    .addOption(
      new Option(
        "--source <kind>",
        "managed: dumped on the source, through the relay; network: dumped from the target",
      )
        .choices(["managed", "network"])
        .default("managed"),
    )
    .addOption(
      new Option(
        "--only <part>",
        "preflight: print what `cutover check` finds in a lab that is as the plan has it, rehearsed once",
      )
        .choices(["preflight"])
        .conflicts(["cutover", "rollback", "drill", "fault", "report", "removeKept"]),
    )
    .option("--cutover", "cut over as well, with an application that writes all along, and verify", false)
    .option("--drill", "with --cutover: restore from each repository beside the live cluster as well", false)
    .option("--rollback", "with --cutover: roll back again, and verify", false)
    .option(
      "--carry-writes",
      "with --rollback: apply the writes since the switch on the source (default)",
      true,
    )
    .option("--no-carry-writes", "with --rollback: leave the writes since the switch in the saved dump")
    .option(
      "--fault <kind@step>",
      "with --cutover: let something go wrong in a step of Cutover (with --rollback: or of Rollback)",
      fault,
    )
    .option(
      "--step-latency <seconds>",
      "let every step take so long on its way to its host, as it does on AWS",
      latencySeconds,
      0,
    )
    .option("--report <dir>", "write report.json into this folder", resolved)
    .option("--keep", "leave the hosts up, and print how to enter them", false)
    .option("--json", "print the report, or the checks, as JSON on standard output", false)
    .option("--remove-kept", "take down the hosts that --keep left up, and do nothing else", false)
    .option("--verbose", "tell what the lab's SSM endpoint does", false)
    .addHelpText("after", faultHelp())
    .addHelpText(
      "after",
      "\nExit codes: 0 succeeded, 1 a step or a check failed or something differs, 2 wrong options or no lab possible here.",
    )
    .allowExcessArguments(false)
    .action(async (options: RehearseOptions, command: Command) => {
      refuseNonsense(options, command);
      await action(options);
    });
}

/** Options that mean nothing without another. */
function refuseNonsense(options: RehearseOptions, command: Command): void {
  const { cutover, rollback, drill, removeKept, fault } = options;
  const wants = (option: string, other: string) =>
    command.error(`error: option '${option}' wants '${other}' too`);
  if (rollback && !cutover) wants("--rollback", "--cutover");
  if (drill && !cutover) wants("--drill", "--cutover");
  if (drill && fault !== undefined) command.error("error: option '--drill' cannot be used with '--fault'");
  if (fault !== undefined && !cutover) wants("--fault", "--cutover");
  if (command.getOptionValueSource("carryWrites") === "cli" && !rollback) {
    wants(options.carryWrites ? "--carry-writes" : "--no-carry-writes", "--rollback");
  }
  if (removeKept && cutover) command.error("error: option '--remove-kept' cannot be used with '--cutover'");
}

function fault(value: string): FaultRequest {
  try {
    return parseFault(value);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function faultHelp(): string {
  const kinds = Object.entries(faultKinds).map(([kind, meaning]) => `  ${kind.padEnd(14)} ${meaning}`);
  return ["", "Faults (KIND@STEP, such as kill-host@restore, or kill-agent@Rollback.unlock):", ...kinds].join(
    "\n",
  );
}

export function sizeMb(value: string): number {
  const size = Number(value);
  if (Number.isInteger(size) && size >= SMALLEST_SIZE_MB && size <= LARGEST_SIZE_MB) return size;
  throw new InvalidArgumentError(`Give whole megabytes, ${SMALLEST_SIZE_MB} to ${LARGEST_SIZE_MB}.`);
}

function latencySeconds(value: string): number {
  const seconds = Number(value);
  if (value.trim() !== "" && seconds >= 0 && seconds <= LONGEST_LATENCY_SECONDS) return seconds;
  throw new InvalidArgumentError(`Give seconds, 0 to ${LONGEST_LATENCY_SECONDS}.`);
}

function readablePath(value: string): string {
  const path = resolved(value);
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw new InvalidArgumentError("There is nothing readable at that path.");
  }
  return path;
}

function readableFile(value: string): string {
  const path = readablePath(value);
  if (statSync(path).isFile()) return path;
  throw new InvalidArgumentError("It is not a file.");
}

export function directory(value: string): string {
  const path = readablePath(value);
  if (statSync(path).isDirectory()) return path;
  throw new InvalidArgumentError("It is not a directory.");
}

// npm runs a script in the package's folder: a relative path is the caller's.
function resolved(value: string): string {
  return resolve(process.env["INIT_CWD"] ?? process.cwd(), value);
}
