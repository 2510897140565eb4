import { archiveBackup } from "../../archive-backup";
import { archiveFindings } from "../../archive-findings";
import { repositorySchedule } from "../../archive-schedule";
import { readArchiveStatus } from "../../archive-status";
import { archiveLines } from "../archive";
import { backupLines, scheduleLines } from "../backups";
import { type DescribeCommand, ordinaryCommand } from "../command";
import { ExitCode } from "../exit-code";
import { failureLines } from "../failure";
import type { CommonOptions } from "../perform";

export const describeArchive: DescribeCommand = (program, perform) => {
  const archive = program.command("archive").description("the target's archiving and its backups");
  ordinaryCommand(archive, "status")
    .description("compare what PostgreSQL calls archived with what each repository holds; only reads")
    .action(async (options: CommonOptions) => {
      await perform(options, async (session) => {
        const { environment, clock } = session;
        const { runId, status, failure } = await readArchiveStatus(session);
        if (failure !== null) {
          const lines = failureLines(failure, runId, environment);
          return { exitCode: ExitCode.RunFailed, lines, json: { failure } };
        }
        const now = clock.now();
        const findings = archiveFindings(status, environment, now);
        return {
          exitCode: findings.length === 0 ? ExitCode.Succeeded : ExitCode.RunFailed,
          lines: (columns) => archiveLines(status, findings, { environment, now, columns }),
          json: { ...status, findings },
        };
      });
    });
  ordinaryCommand(archive, "backup")
    .description(
      "make a full backup into each repository now, and wait for it; the application works meanwhile",
    )
    .option("--repo <key>", "into this one alone: 3 (on the repository host) or 2 (in S3)")
    .action(async (options: CommonOptions & { repo?: string }) => {
      await perform(options, async (session) => {
        const ended = await archiveBackup(session, options.repo);
        return {
          exitCode: ended.failure === null ? ExitCode.Succeeded : ExitCode.RunFailed,
          lines: backupLines(ended, session.environment),
          json: ended,
        };
      });
    });
  ordinaryCommand(archive, "schedule")
    .description("print the lines for a repository host whose own schedule starts the backups; asks nobody")
    .action(async (options: CommonOptions) => {
      await perform(options, ({ environment }) => {
        const schedule = repositorySchedule(environment);
        return Promise.resolve({
          exitCode: ExitCode.Succeeded,
          lines: scheduleLines(schedule),
          json: schedule,
        });
      });
    });
};
