import type { Command } from "commander";
import { exitCodeMeanings } from "./exit-code";
import type { CommonOptions, Work } from "./perform";

export type Perform = (options: CommonOptions, work: Work) => Promise<void>;

/** Describes one command to the program; `perform` does its work. */
export type DescribeCommand = (program: Command, perform: Perform) => void;

/** For a command that follows a run to its end. */
export function runCommand(program: Command, name: string): Command {
  return ordinaryCommand(program, name, "the report").option(
    "--report <dir>",
    "write report.json into this directory when the run has ended",
  );
}

/** @param result what --json prints */
export function ordinaryCommand(program: Command, name: string, result = "the result"): Command {
  return program
    .command(name)
    .requiredOption("--env <name>", "the environment, as bin/environments.ts names it")
    .option("--json", `print ${result} as JSON on stdout, in place of lines for people`)
    .addHelpText("after", exitCodeHelp);
}

export function exitCodeHelp(): string {
  const lines = exitCodeMeanings.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`);
  return ["", "Exit codes:", ...lines].join("\n");
}

/** The same option wherever the database's name is wanted; the host's is wanted by `host replace` alone. */
export const confirmOption = [
  "--confirm <database>",
  "the database's name, typed beforehand; asked for at a terminal otherwise",
] as const;

export const runIdOption = [
  "--run-id <id>",
  "name the run (rYYYYMMDD-HHMMSS-xxxx); a new name by default",
] as const;

export const executionArgument = ["<execution-id>", "what was printed when the run was started"] as const;
