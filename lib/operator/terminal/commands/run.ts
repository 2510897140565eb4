import { cutOver, gateCodes, type CutoverOptions } from "../../cutover";
import { acceptOption } from "../accept-option";
import { answerOf } from "../answer";
import { confirmOption, runCommand, runIdOption, type DescribeCommand } from "../command";
import type { CommonOptions } from "../perform";

type Options = CommonOptions & CutoverOptions;

export const describeRun: DescribeCommand = (program, perform) => {
  runCommand(program, "run")
    .description("cut over: fence the source, migrate, compare, switch the application to the target")
    .option(...confirmOption)
    .option("--replace <database>", "the target's database of this name may be dropped and restored anew")
    .option("--in-flight <end>", "end: sessions that do not end in time are ended, and nobody is asked")
    .option(
      "--allow <codes>",
      `what may fail: ${gateCodes.join(", ")}, and checks by name; with commas between`,
    )
    .option(...acceptOption)
    .option(...runIdOption)
    .option("--approve", "also approve the run with these credentials, which must be an approver's")
    .action(async (options: Options) => {
      await perform(options, async (session) => answerOf(await cutOver(session, options)));
    });
};
