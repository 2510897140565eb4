import { rehearse } from "../../rehearse";
import { acceptOption } from "../accept-option";
import { answerOf } from "../answer";
import { runCommand, runIdOption, type DescribeCommand } from "../command";
import type { CommonOptions } from "../perform";

interface Options extends CommonOptions {
  runId?: string;
  replace?: string;
  leaveOpen?: boolean;
  runJobs?: string;
  accept?: string[];
}

export const describeRehearse: DescribeCommand = (program, perform) => {
  runCommand(program, "rehearse")
    .description("migrate into the target from the live source, which is only read, and compare both sides")
    .option("--replace <database>", "the target's database of this name may be dropped and restored anew")
    .option("--leave-open", "let the application's roles into the copy afterwards; by default it is closed")
    .option(
      "--run-jobs <jobs>",
      'of the application\'s own jobs run these on the copy: ids with commas, or "all"; by default none, for what they do elsewhere is done in earnest',
    )
    .option(...acceptOption)
    .option(...runIdOption)
    .action(async (options: Options) => {
      await perform(options, async (session) => answerOf(await rehearse(session, options)));
    });
};
