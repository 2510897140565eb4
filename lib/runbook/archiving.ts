import type { Environment } from "../config/environment";

/** The keys of the target's repositories, as pgbackrest.conf has them: the one on the repository host first. */
export const REPOSITORIES = [3, 2] as const;

/**
 * Seconds for pgBackRest to say what is in a repository. Of an SSH host that is not there it was measured to need 71 s, of
 * S3 without credentials 3 minutes.
 */
const INFO_SECONDS = 30;

/** What assets/steps/shared/stanza.sh wants set. */
export function stanza({ repository }: Environment): Record<string, string> {
  const { pgbackrest } = repository;
  return {
    STANZA: pgbackrest.stanza,
    REPOSITORIES: REPOSITORIES.join(" "),
    INFO_SECONDS: String(INFO_SECONDS),
    LOG_PATH: pgbackrest.logPath,
  };
}

/** What assets/steps/shared/archiving.sh wants set beside it. */
export function archiving({ repository, target }: Environment): Record<string, string> {
  const { pgbackrest } = repository;
  return {
    SPOOL_PATH: pgbackrest.spoolPath,
    ARCHIVE_SECONDS: String(pgbackrest.archiveTimeoutSeconds),
    ARCHIVE_TIMEOUT_SECONDS: String(target.archiveTimeoutSeconds),
  };
}
