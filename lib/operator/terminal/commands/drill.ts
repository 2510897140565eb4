import { drill, type DrillOptions } from "../../drill";
import { ordinaryCommand, type DescribeCommand } from "../command";
import { drillLines } from "../drills";
import { ExitCode } from "../exit-code";
import type { CommonOptions } from "../perform";

export const describeDrill: DescribeCommand = (program, perform) => {
  ordinaryCommand(program, "drill", "what each repository gave")
    .description("restore from each repository beside the live cluster, read all of it, and remove it")
    .option("--repo <number>", "only this one: 3 is on the repository host, 2 in S3")
    .option("--time <time>", "the point in time, with its zone; by default the latest that the archive holds")
    .action(async (options: CommonOptions & DrillOptions) => {
      await perform(options, async (session) => {
        const drilled = await drill(session, options);
        const { runId, drills, passed } = drilled;
        return {
          exitCode: passed ? ExitCode.Succeeded : ExitCode.RunFailed,
          lines: drillLines(drilled),
          json: { runId, outcome: passed ? "succeeded" : "failed", drills },
        };
      });
    });
};
