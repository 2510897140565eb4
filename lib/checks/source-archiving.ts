import type { Environment } from "../config/environment";
import type { Check } from "./check";

/** Hours that the newest full backup may be old: the plan's "recent", as many servers make one a week. */
export const sourceFullBackupHours = 168;

const managed = {
  applies: ({ source }: Environment) => source.kind === "managed",
} as const;
const asking = { needs: "source-pgbackrest-version", ...managed } as const;

/** The old server's archiving and backups, of which a rollback makes use. A server over the network keeps its own. */
export const sourceArchivingChecks: readonly Check[] = [
  {
    id: "source-archive-mode",
    meaning: "The source archives its WAL by pgBackRest, into the stanza that the environment calls its own.",
    remedy:
      "Set archive_mode and archive_command at the source as the plan has them, or correct repository.pgbackrest.sourceStanza.",
    seconds: 10,
    needs: "source-connection",
    ...managed,
  },
  {
    id: "source-archiving",
    meaning: "The source's archiver keeps up: its last attempt did not fail, and few segments wait.",
    remedy:
      "See the source's log for what archive_command says, and pgBackRest's STANZA-archive-push-async.log.",
    seconds: 10,
    needs: "source-connection",
    ...managed,
  },
  {
    id: "source-pgbackrest-version",
    meaning: "pgBackRest on the source has the repository host's version: it talks to no other.",
    remedy: "Install versions.pgbackrest on the source.",
    seconds: 10,
    ...managed,
  },
  {
    id: "source-archived-segment",
    meaning:
      "The segment that the source archived last is in every repository: what pgBackRest drops PostgreSQL counts as archived too.",
    remedy:
      "See pgBackRest's logs at the source for dropped WAL; make a full backup, for recovery ends at the hole.",
    seconds: 40,
    ...asking,
  },
  {
    id: "source-backup-age",
    meaning:
      "Every repository of the source has a recent full backup of its present cluster: a rollback goes back to that server.",
    remedy:
      "Make one, for each repository: pgbackrest --stanza=... --repo=... --type=full backup; and see why the schedule did not.",
    seconds: 20,
    ...asking,
  },
  {
    id: "source-dropped-wal",
    meaning: "pgBackRest has not dropped WAL at the source since the newest full backup.",
    remedy:
      "Make a full backup, for recovery ends at the hole; raise archive-push-queue-max, or see why the repository did not answer.",
    seconds: 20,
    ...asking,
  },
];
