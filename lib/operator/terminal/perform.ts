import { openClients } from "../clients";
import { systemClock } from "../clock";
import { environmentNamed } from "../environment-named";
import type { Session } from "../session";
import type { Answer } from "./answer";
import { askAtTerminal } from "./ask";
import { errorLines } from "./error-text";
import { exitCodeOfError, type ExitCode } from "./exit-code";
import { withInterruption } from "./interruption";
import { Progress } from "./progress";
import type { CommandLineSetting } from "./setting";

/** What every command takes; only those that follow a run write a report. */
export interface CommonOptions {
  env: string;
  report?: string;
  json?: boolean;
}

export type Work = (session: Session) => Promise<Answer>;

/** Does one command's work within the environment that it names, and prints its answer. Never throws of its work. */
export async function perform(
  options: CommonOptions,
  setting: CommandLineSetting,
  work: Work,
): Promise<ExitCode> {
  const environment = environmentNamed(setting.environments, options.env);
  const progress = new Progress(setting.stderr, environment);
  const clients = openClients(environment);
  try {
    const answer = await withInterruption((signal) =>
      work({
        environment,
        clients,
        clock: setting.clock ?? systemClock,
        emit: progress.show,
        ask: askAtTerminal(setting),
        signal,
        ...(options.report === undefined ? {} : { reportDirectory: options.report }),
      }),
    );
    setting.stdout.write(
      `${options.json ? JSON.stringify(answer.json, null, 2) : linesOf(answer, setting)}\n`,
    );
    return answer.exitCode;
  } catch (error) {
    progress.lines(errorLines(error));
    return exitCodeOfError(error);
  } finally {
    clients.close();
  }
}

function linesOf({ lines }: Answer, { stdout }: CommandLineSetting): string {
  return (typeof lines === "function" ? lines(stdout.columns) : lines).join("\n");
}
