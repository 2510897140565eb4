import { signOff, type SignoffOptions } from "../../signoff";
import { answerOf } from "../answer";
import { confirmOption, runCommand, type DescribeCommand } from "../command";
import type { CommonOptions } from "../perform";

type Options = CommonOptions & SignoffOptions;

export const describeSignoff: DescribeCommand = (program, perform) => {
  runCommand(program, "signoff")
    .description("make a cutover final: after it there is no rollback; says what may be decommissioned")
    .option(...confirmOption)
    .option("--cutover-run <id>", "the cutover to make final; by default the one that the secret names")
    .action(async (options: Options) => {
      await perform(options, async (session) => answerOf(await signOff(session, options)));
    });
};
