import { BadInputError } from "./errors";
import type { Session } from "./session";
import { type CommandEnded, runOnTarget } from "./target-command";

const repositories = ["3", "2"];

/** Makes a full backup of the target's cluster in each repository, or in one, and waits for its end. */
export async function archiveBackup(session: Session, repo: string | undefined): Promise<CommandEnded> {
  if (repo !== undefined && !repositories.includes(repo)) {
    throw new BadInputError(
      "repo-unknown",
      `--repo ${JSON.stringify(repo)} is no repository of the target.`,
      "Write 3 (on the repository host) or 2 (in S3), or leave it out for both.",
    );
  }
  return await runOnTarget(session, "full-backup", { Repository: repo ?? "all" });
}
