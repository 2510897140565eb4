import { trust } from "../../trust";
import { ordinaryCommand, type DescribeCommand } from "../command";
import { ExitCode } from "../exit-code";
import type { CommonOptions } from "../perform";
import { trustLines } from "../trust";

export const describeTrust: DescribeCommand = (program, perform) => {
  ordinaryCommand(program, "trust")
    .description("what the repository host's owner does there so that it trusts the target with its stanza")
    .action(async (options: CommonOptions) => {
      await perform(options, async (session) => {
        const found = await trust(session);
        return {
          exitCode: ExitCode.Succeeded,
          lines: trustLines(found, session.environment),
          json: found,
        };
      });
    });
};
