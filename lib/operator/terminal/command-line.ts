import { Command, CommanderError } from "commander";
import { exitCodeHelp, type DescribeCommand, type Perform } from "./command";
import { describeApprove } from "./commands/approve";
import { describeArchive } from "./commands/archive";
import { describeCancel } from "./commands/cancel";
import { describeCheck } from "./commands/check";
import { describeDrill } from "./commands/drill";
import { describeEndInFlight } from "./commands/end-in-flight";
import { describeFollow } from "./commands/follow";
import { describeHost } from "./commands/host";
import { describeRecover } from "./commands/recover";
import { describeRehearse } from "./commands/rehearse";
import { describeReopen } from "./commands/reopen";
import { describeRollback } from "./commands/rollback";
import { describeRun } from "./commands/run";
import { describeSignoff } from "./commands/signoff";
import { describeStatus } from "./commands/status";
import { describeTrust } from "./commands/trust";
import { errorLines } from "./error-text";
import { ExitCode, exitCodeOfError } from "./exit-code";
import { perform } from "./perform";
import type { CommandLineSetting } from "./setting";

export type { CommandLineSetting } from "./setting";

/** In the order of a migration. */
const commands: readonly DescribeCommand[] = [
  describeTrust,
  describeCheck,
  describeRehearse,
  describeRun,
  describeApprove,
  describeEndInFlight,
  describeFollow,
  describeCancel,
  describeStatus,
  describeReopen,
  describeRollback,
  describeArchive,
  describeSignoff,
  describeDrill,
  describeRecover,
  describeHost,
];

/**
 * Runs one command line to its end.
 * @param args what follows the program's name
 * @returns the exit code; never throws
 */
export async function runCutover(args: readonly string[], setting: CommandLineSetting): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.Succeeded;
  const program = describeProgram(setting, async (options, work) => {
    exitCode = await perform(options, setting, work);
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Succeeded : ExitCode.BadInput;
    for (const line of errorLines(error)) setting.stderr.write(`${line}\n`);
    return exitCodeOfError(error);
  }
}

function describeProgram(setting: CommandLineSetting, performing: Perform): Command {
  const program = new Command("cutover")
    .description("Starts and follows the runs of an environment. Run it as: npm run -s cutover -- …")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => setting.stdout.write(text),
      writeErr: (text) => setting.stderr.write(text),
    })
    .addHelpText("after", exitCodeHelp);
  for (const describe of commands) describe(program, performing);
  return program;
}
