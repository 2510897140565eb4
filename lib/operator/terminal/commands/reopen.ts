import { reopen } from "../../reopen";
import { answerOf } from "../answer";
import { runCommand, type DescribeCommand } from "../command";
import type { CommonOptions } from "../perform";

export const describeReopen: DescribeCommand = (program, perform) => {
  runCommand(program, "reopen")
    .description("open a source that a lost run left fenced, while the source is the truth")
    .action(async (options: CommonOptions) => {
      await perform(options, async (session) => answerOf(await reopen(session)));
    });
};
