import { replaceHost, type ReplaceHostOptions } from "../../replacement/replace-host";
import { type DescribeCommand, ordinaryCommand } from "../command";
import { ExitCode } from "../exit-code";
import type { CommonOptions } from "../perform";
import { replacedLines } from "../replacement";

export const describeHost: DescribeCommand = (program, perform) => {
  const host = program.command("host").description("the target host itself");
  ordinaryCommand(host, "replace")
    .description(
      "replace the instance by one of the generation that the environment names; its address, data volume and cluster stay",
    )
    .option("--confirm <host>", "the host's name, typed beforehand; asked for at a terminal otherwise")
    .option("--unstopped", "go on though PostgreSQL cannot be stopped in order: it recovers from its WAL")
    .action(async (options: CommonOptions & ReplaceHostOptions) => {
      await perform(options, async (session) => {
        const replaced = await replaceHost(session, options);
        return {
          exitCode: ExitCode.Succeeded,
          lines: replacedLines(replaced, session.environment),
          json: replaced,
        };
      });
    });
};
