import { check } from "../../check";
import { tableLines } from "../checks";
import { ordinaryCommand, type DescribeCommand } from "../command";
import { ExitCode } from "../exit-code";
import type { CommonOptions } from "../perform";

export const describeCheck: DescribeCommand = (program, perform) => {
  ordinaryCommand(program, "check", "the checks")
    .description("preflight: look for what would spoil the window; only reads, and makes every check")
    .option(
      "--replace <database>",
      "the target's database of this name may be dropped: no finding against it",
    )
    .action(async (options: CommonOptions & { replace?: string }) => {
      await perform(options, async (session) => {
        const { checks, passed } = await check(session, options);
        return {
          exitCode: passed ? ExitCode.Succeeded : ExitCode.RunFailed,
          lines: (columns) => tableLines(checks, columns),
          json: { checks },
        };
      });
    });
};
