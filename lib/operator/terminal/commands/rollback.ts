import { rollBack, type RollbackOptions } from "../../rollback";
import { answerOf } from "../answer";
import { confirmOption, runCommand, runIdOption, type DescribeCommand } from "../command";
import type { CommonOptions } from "../perform";

type Options = CommonOptions & RollbackOptions;

export const describeRollback: DescribeCommand = (program, perform) => {
  runCommand(program, "rollback")
    .description("take a cutover back: save the writes since the switch, and return to the source")
    .option(...confirmOption)
    .option(
      "--carry-writes",
      "apply the saved writes on the source before it is reopened (the default)",
      true,
    )
    .option("--no-carry-writes", "leave them in what was saved: the source goes on without any of them")
    .option("--cutover-run <id>", "the cutover to take back; by default the one that the secret names")
    .option(...runIdOption)
    .action(async (options: Options) => {
      await perform(options, async (session) => answerOf(await rollBack(session, options)));
    });
};
