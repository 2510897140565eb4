import { decide } from "../../approve";
import { executionArgument, ordinaryCommand, type DescribeCommand } from "../command";
import { ExitCode } from "../exit-code";
import type { CommonOptions } from "../perform";

interface Options extends CommonOptions {
  reject?: boolean;
  comment?: string;
}

export const describeApprove: DescribeCommand = (program, perform) => {
  ordinaryCommand(program, "approve")
    .description("approve a cutover that waits for it, as the caller that the credentials name; or reject it")
    .argument(...executionArgument)
    .option("--reject", "reject it: the run ends, and nothing is changed")
    .option("--comment <text>", "what is recorded beside the decision")
    .action(async (executionId: string, { reject, comment, ...common }: Options) => {
      await perform(common, async (session) => {
        const decided = await decide(session, executionId, {
          decision: reject ? "Reject" : "Approve",
          ...(comment === undefined ? {} : { comment }),
        });
        const { runId, decision } = decided;
        const lines = [
          `Run ${runId} was ${decision === "Approve" ? "approved" : "rejected"}.`,
          `Follow it: cutover follow ${executionId} --env ${common.env}`,
        ];
        return { exitCode: ExitCode.Succeeded, lines, json: decided };
      });
    });
};
