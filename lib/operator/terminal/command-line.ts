import { Command, CommanderError } from "commander";
import { openClients } from "../clients";
import { systemClock, type Clock } from "../clock";
import type { Conclusion } from "../conclude";
import { environmentNamed } from "../environment-named";
import { cancelRun, followRun, rehearse, type Session } from "../run";
import { errorLines } from "./error-text";
import { ExitCode, exitCodeMeanings, exitCodeOf, exitCodeOfError } from "./exit-code";
import { withInterruption } from "./interruption";
import { Progress, type ProgressOutput } from "./progress";
import { summaryLines } from "./summary";

export interface CommandLineSetting {
  /** By name, as the user wrote them: the one that is asked for is validated here. */
  environments: Readonly<Record<string, unknown>>;
  /** Results. */
  stdout: { write(text: string): unknown };
  /** Progress and errors. */
  stderr: ProgressOutput;
  /** The system's, unless a test hands in its own. */
  clock?: Clock;
}

interface CommonOptions {
  env: string;
  report?: string;
  json?: boolean;
}

interface RehearseOptions extends CommonOptions {
  runId?: string;
  replace?: string;
}

/**
 * Runs one command line to its end.
 * @param args what follows the program's name
 * @returns the exit code; never throws
 */
export async function runCutover(args: readonly string[], setting: CommandLineSetting): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.Succeeded;
  const command = describeCommands(setting, async (options, work) => {
    exitCode = await runSession(options, setting, work);
  });
  try {
    await command.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Succeeded : ExitCode.BadInput;
    for (const line of errorLines(error)) setting.stderr.write(`${line}\n`);
    return exitCodeOfError(error);
  }
}

type Work = (session: Session) => Promise<Conclusion>;
type Run = (options: CommonOptions, work: Work) => Promise<void>;

function describeCommands(setting: CommandLineSetting, run: Run): Command {
  const program = new Command("cutover")
    .description("Starts, follows and cancels the runs of an environment. Run it as: npm run -s cutover -- …")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => setting.stdout.write(text),
      writeErr: (text) => setting.stderr.write(text),
    })
    .addHelpText("after", exitCodeHelp);

  withCommonOptions(program.command("rehearse"))
    .description("migrate into the target from the live source, which is only read, and compare both sides")
    .option("--replace <database>", "the target's database of this name may be dropped and restored anew")
    .option("--run-id <id>", "name the run (rYYYYMMDD-HHMMSS-xxxx); a new name by default")
    .action(async (options: RehearseOptions) => {
      await run(options, (session) => rehearse(session, options));
    });

  withCommonOptions(program.command("follow"))
    .description("follow a run that is in progress, or report on one that has ended")
    .argument("<execution-id>", "what `cutover rehearse` printed when it started the run")
    .action(async (executionId: string, options: CommonOptions) => {
      await run(options, (session) => followRun(session, executionId));
    });

  withCommonOptions(program.command("cancel"))
    .description("cancel a run, and follow it to its end (a run that was cancelled ends with exit code 1)")
    .argument("<execution-id>", "what `cutover rehearse` printed when it started the run")
    .action(async (executionId: string, options: CommonOptions) => {
      await run(options, (session) => cancelRun(session, executionId));
    });
  return program;
}

function withCommonOptions(command: Command): Command {
  return command
    .requiredOption("--env <name>", "the environment, as bin/environments.ts names it")
    .option("--report <dir>", "write report.json into this directory when the run has ended")
    .option("--json", "print the report as JSON on stdout, in place of the summary")
    .addHelpText("after", exitCodeHelp);
}

function exitCodeHelp(): string {
  const lines = exitCodeMeanings.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`);
  return ["", "Exit codes:", ...lines].join("\n");
}

async function runSession(
  options: CommonOptions,
  setting: CommandLineSetting,
  work: Work,
): Promise<ExitCode> {
  const environment = environmentNamed(setting.environments, options.env);
  const progress = new Progress(setting.stderr, environment);
  const clients = openClients(environment);
  try {
    const conclusion = await withInterruption((signal) =>
      work({
        environment,
        clients,
        clock: setting.clock ?? systemClock,
        emit: progress.show,
        signal,
        ...(options.report === undefined ? {} : { reportDirectory: options.report }),
      }),
    );
    printResult(conclusion, options, setting);
    return exitCodeOf(conclusion);
  } catch (error) {
    progress.lines(errorLines(error));
    return exitCodeOfError(error);
  } finally {
    clients.close();
  }
}

function printResult(conclusion: Conclusion, { json }: CommonOptions, { stdout }: CommandLineSetting): void {
  const text = json ? JSON.stringify(conclusion.report, null, 2) : summaryLines(conclusion).join("\n");
  stdout.write(`${text}\n`);
}
