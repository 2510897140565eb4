import { followRun } from "../../run";
import { answerOf } from "../answer";
import { executionArgument, runCommand, type DescribeCommand } from "../command";
import type { CommonOptions } from "../perform";

export const describeFollow: DescribeCommand = (program, perform) => {
  runCommand(program, "follow")
    .description("follow a run that is in progress, or report on one that has ended")
    .argument(...executionArgument)
    .action(async (executionId: string, options: CommonOptions) => {
      await perform(options, async (session) => answerOf(await followRun(session, executionId)));
    });
};
