import { endInFlight } from "../../end-in-flight";
import { endedLines } from "../asked";
import { executionArgument, ordinaryCommand, type DescribeCommand } from "../command";
import { ExitCode } from "../exit-code";
import type { CommonOptions } from "../perform";

export const describeEndInFlight: DescribeCommand = (program, perform) => {
  ordinaryCommand(program, "end-in-flight")
    .description("answer a fence that waits for late sessions: end them; what they had not committed is lost")
    .argument(...executionArgument)
    .action(async (executionId: string, options: CommonOptions) => {
      await perform(options, async (session) => {
        const ended = await endInFlight(session, executionId);
        return {
          exitCode: ended.failure === null ? ExitCode.Succeeded : ExitCode.RunFailed,
          lines: endedLines(ended, session.environment),
          json: ended,
        };
      });
    });
};
