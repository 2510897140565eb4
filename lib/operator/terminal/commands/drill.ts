import { drill, type DrillOptions } from "../../drill";
import { answerOf } from "../answer";
import { runCommand, runIdOption, type DescribeCommand } from "../command";
import type { CommonOptions } from "../perform";

export const describeDrill: DescribeCommand = (program, perform) => {
  runCommand(program, "drill")
    .description("restore from each repository beside the live cluster, read all of it, and remove it")
    .option("--repo <number>", "only this one: 3 is on the repository host, 2 in S3")
    .option("--time <time>", "the point in time, with its zone; by default the latest that the archive holds")
    .option(...runIdOption)
    .action(async (options: CommonOptions & DrillOptions) => {
      await perform(options, async (session) => answerOf(await drill(session, options)));
    });
};
