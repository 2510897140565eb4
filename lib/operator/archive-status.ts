import { z } from "zod";
import { OutcomeUnknownError } from "./errors";
import type { Session } from "./session";
import type { StepFailure } from "./step-failure";
import { runOnTarget } from "./target-command";

const seconds = z.number();

const backup = z.object({ label: z.string(), type: z.string(), startedAt: seconds, stoppedAt: seconds });

const repository = z.object({
  key: z.number(),
  answers: z.boolean(),
  /** What pgBackRest says of it. */
  message: z.string(),
  /** Null while the server or the repository does not tell. */
  ofThisCluster: z.boolean().nullable(),
  newestFull: backup.nullable(),
  newestBackup: backup.nullable(),
  newestSegment: z.string().nullable(),
  missing: z.object({ count: z.number(), first: z.array(z.string()) }).nullable(),
  freeBytes: z.number().nullable(),
  droppedSinceFull: z.number(),
});
export type RepositoryStatus = z.infer<typeof repository>;

const server = z.object({
  inRecovery: z.boolean(),
  lastArchivedWal: z.string().nullable(),
  lastArchivedAt: seconds.nullable(),
  lastFailedWal: z.string().nullable(),
  lastFailedAt: seconds.nullable(),
  failedCount: z.number(),
  failing: z.boolean(),
  readySegments: z.number(),
  oldestReadyAt: seconds.nullable(),
});

// What a step prints is external input. Moments are seconds since 1970.
const archiveStatus = z.object({
  stanza: z.string(),
  archiving: z.enum(["on", "off", "unknown"]),
  /** Null when PostgreSQL could not be asked: `unread` says why. */
  server: server.nullable(),
  unread: z.string(),
  queue: z
    .object({ bytes: z.number(), max: z.number().nullable(), percent: z.number().nullable() })
    .nullable(),
  /** `logged`: whether pgBackRest's log level lets it tell at all. */
  dropped: z.object({
    count: z.number(),
    first: z.array(z.string()),
    lastAt: seconds.nullable(),
    logged: z.boolean(),
  }),
  spoolWarnings: z.object({ count: z.number(), first: z.array(z.string()) }),
  /** Empty while archiving is off. */
  repositories: z.array(repository),
});
export type ArchiveStatus = z.infer<typeof archiveStatus>;

export type ArchiveStatusRead =
  | { runId: string; status: ArchiveStatus; failure: null }
  | { runId: string; status: null; failure: StepFailure };

/** Asks the target for its archiving and for what its repositories hold. */
export async function readArchiveStatus(session: Session): Promise<ArchiveStatusRead> {
  const { runId, result, failure } = await runOnTarget(session, "archive-status");
  if (failure !== null) return { runId, status: null, failure };
  const { data, error } = archiveStatus.safeParse(result?.archive);
  if (data !== undefined) return { runId, status: data, failure: null };
  throw new OutcomeUnknownError(
    "archive-status-unreadable",
    `What the target told of its archiving cannot be read: ${z.prettifyError(error)}`,
    "Deploy the host and the runbook stack: what is on the target may be of another version than this program.",
  );
}
