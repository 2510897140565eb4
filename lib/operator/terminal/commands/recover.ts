import { recover, type RecoverOptions } from "../../recover";
import { answerOf } from "../answer";
import { confirmOption, runCommand, runIdOption, type DescribeCommand } from "../command";
import type { CommonOptions } from "../perform";

export const describeRecover: DescribeCommand = (program, perform) => {
  runCommand(program, "recover")
    .description("after the loss of the instance: restore its database on a fresh one, which takes its place")
    .option(...confirmOption)
    .option("--repo <number>", "restore from this one: 3 is on the repository host, 2 in S3", "3")
    .option("--time <time>", "the point in time, with its zone; by default the latest that the archive holds")
    .option("--replace <database>", "a cluster on the target that does not run may be set aside")
    .option(...runIdOption)
    .action(async (options: CommonOptions & RecoverOptions) => {
      await perform(options, async (session) => answerOf(await recover(session, options)));
    });
};
