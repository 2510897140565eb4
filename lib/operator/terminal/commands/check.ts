import { check } from "../../check";
import { tableLines } from "../checks";
import { ordinaryCommand, type DescribeCommand } from "../command";
import { ExitCode } from "../exit-code";
import type { CommonOptions } from "../perform";

export const describeCheck: DescribeCommand = (program, perform) => {
  ordinaryCommand(program, "check", "the checks")
    .description("preflight: look for what would spoil the window; only reads, and makes every check")
    .action(async (options: CommonOptions) => {
      await perform(options, async (session) => {
        const { checks, passed } = await check(session);
        return {
          exitCode: passed ? ExitCode.Succeeded : ExitCode.RunFailed,
          lines: (columns) => tableLines(checks, columns),
          json: { checks },
        };
      });
    });
};
