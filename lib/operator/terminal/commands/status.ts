import { isConsistent, standingOf } from "../../standing";
import { ordinaryCommand, type DescribeCommand } from "../command";
import { ExitCode } from "../exit-code";
import type { CommonOptions } from "../perform";
import { statusLines } from "../standing";

export const describeStatus: DescribeCommand = (program, perform) => {
  ordinaryCommand(program, "status")
    .description("which side is the truth, whether the application can write to it, and the last runs")
    .action(async (options: CommonOptions) => {
      await perform(options, async (session) => {
        const standing = await standingOf(session);
        return {
          exitCode: isConsistent(standing) ? ExitCode.Succeeded : ExitCode.RunFailed,
          lines: statusLines(standing, session.environment),
          json: standing,
        };
      });
    });
};
