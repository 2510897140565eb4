import { cancelRun } from "../../run";
import { answerOf } from "../answer";
import { executionArgument, runCommand, type DescribeCommand } from "../command";
import type { CommonOptions } from "../perform";

export const describeCancel: DescribeCommand = (program, perform) => {
  runCommand(program, "cancel")
    .description("cancel a run, and follow it to its end (a run that was cancelled ends with exit code 1)")
    .argument(...executionArgument)
    .action(async (executionId: string, options: CommonOptions) => {
      await perform(options, async (session) => answerOf(await cancelRun(session, executionId)));
    });
};
