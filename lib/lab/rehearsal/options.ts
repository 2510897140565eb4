import { accessSync, constants, statSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";

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
}

const DEFAULT_SIZE_MB = 200;
/** An empty database with PostGIS is as large as this. */
const SMALLEST_SIZE_MB = 25;
const LARGEST_SIZE_MB = 20_000;

/** The command; its action gets the options that were found good. */
export function rehearseCommand(action: (options: RehearseOptions) => Promise<void>): Command {
  return new Command("rehearse")
    .description(
      "Rehearses the migration on this machine: boots a source, a target and a repository host, seeds the source, runs\n" +
        "the synthesized Rehearsal through `cutover`, prints the comparison, and takes everything down again.",
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
    .option("--report <dir>", "write report.json into this folder", resolved)
    .option("--keep", "leave the hosts up, and print how to enter them", false)
    .option("--json", "print the report as JSON on standard output", false)
    .option("--remove-kept", "take down the hosts that --keep left up, and do nothing else", false)
    .option("--verbose", "tell what the lab's SSM endpoint does", false)
    .addHelpText(
      "after",
      "\nExit codes: 0 succeeded, 1 a step failed or something differs, 2 wrong options or no lab possible here.",
    )
    .allowExcessArguments(false)
    .action(action);
}

function sizeMb(value: string): number {
  const size = Number(value);
  if (Number.isInteger(size) && size >= SMALLEST_SIZE_MB && size <= LARGEST_SIZE_MB) return size;
  throw new InvalidArgumentError(`Give whole megabytes, ${SMALLEST_SIZE_MB} to ${LARGEST_SIZE_MB}.`);
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

function directory(value: string): string {
  const path = readablePath(value);
  if (statSync(path).isDirectory()) return path;
  throw new InvalidArgumentError("It is not a directory.");
}

// npm runs a script in the package's folder: a relative path is the caller's.
function resolved(value: string): string {
  return resolve(process.env["INIT_CWD"] ?? process.cwd(), value);
}
