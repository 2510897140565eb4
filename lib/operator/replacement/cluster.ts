import { z } from "zod";
import { hostLogGroupName } from "../../config/derived";
import { FailedError, NothingStartedError, OutcomeUnknownError } from "../errors";
import { runOnInstance } from "../instance-command";
import type { Session } from "../session";
import { isOnline, lastStopped, type StoppedCluster } from "./server";

// What a step prints is external input.
const cluster = z.object({
  systemIdentifier: z.string(),
  version: z.string(),
  inRecovery: z.boolean(),
  archiving: z.string(),
  databases: z.array(z.string()),
});
const boot = z.discriminatedUnion("status", [
  z.object({ status: z.literal("succeeded"), dataVolume: z.object({ found: z.string() }) }),
  z.object({
    ...{ status: z.literal("failed"), step: z.string(), code: z.string() },
    ...{ message: z.string(), remedy: z.string() },
  }),
]);
const hostStatus = z.object({ boot: boot.nullable(), cluster: cluster.nullable() });

export type Cluster = z.infer<typeof cluster>;

/** The cluster that answers on the new instance. */
export interface ClusterBack {
  cluster: Cluster;
  /** As it was stopped on the instance before; null where that is not known. */
  stopped: StoppedCluster | null;
}

/**
 * The cluster on a booted instance; null while the boot goes on.
 * @throws FailedError where the boot failed, PostgreSQL does not answer, or another cluster does
 */
export async function clusterOn(session: Session, instanceId: string): Promise<ClusterBack | null> {
  const status = await statusOf(session, instanceId);
  if (status === null || status.boot === null) return null;
  if (status.boot.status === "failed") throw bootFailed(instanceId, status.boot);
  if (status.cluster === null) return null;
  const stopped = await lastStopped(session);
  const { systemIdentifier } = status.cluster;
  if (
    stopped === null
      ? status.boot.dataVolume.found === "blank"
      : stopped.systemIdentifier !== systemIdentifier
  ) {
    throw otherCluster(session, instanceId, status.cluster, stopped);
  }
  return { cluster: status.cluster, stopped };
}

/** Null while the instance cannot be asked: its agent is not there yet, or it was restarted while it was asked. */
async function statusOf(session: Session, instanceId: string): Promise<z.infer<typeof hostStatus> | null> {
  if (!(await isOnline(session, instanceId))) return null;
  const logGroup = hostLogGroupName(session.environment);
  const ask = runOnInstance(session, { step: "host-status", instanceId, logGroup, quiet: true });
  const ended = await ask.catch((error: unknown) => {
    if (error instanceof NothingStartedError && error.code === "command-refused") return null;
    throw error;
  });
  if (ended === null) return null;
  const { failure, result, runId } = ended;
  if (failure !== null) {
    if (failure.code === null) return null;
    session.emit({ code: "step-failed", runId, failure });
    throw new FailedError(
      failure.code,
      `The instance ${instanceId} has booted, and its cluster does not answer.`,
      "Do what the remedy above says, then run this again.",
    );
  }
  const { data, error } = hostStatus.safeParse(result);
  if (data !== undefined) return data;
  throw new OutcomeUnknownError(
    "host-status-unreadable",
    `What the host told of itself cannot be read: ${z.prettifyError(error)}`,
    "Deploy the host stack: its document may be of another version than this program.",
  );
}

function bootFailed(
  instanceId: string,
  { step, code, message, remedy }: Extract<z.infer<typeof boot>, { status: "failed" }>,
): FailedError {
  return new FailedError(
    "boot-failed",
    `The boot of the instance ${instanceId} failed at ${step} (${code}): ${message}`,
    `${remedy} Then run this again: it goes on from here.`,
  );
}

function otherCluster(
  { environment: { name } }: Session,
  instanceId: string,
  { systemIdentifier }: Cluster,
  stopped: StoppedCluster | null,
): FailedError {
  return new FailedError(
    "other-cluster",
    `On the instance ${instanceId} another cluster answers, ${systemIdentifier}` +
      (stopped === null
        ? ": the boot found the data volume blank and made it."
        : `; the one that was stopped is ${stopped.systemIdentifier}.`),
    `Let nobody write there. Attach the volume that has the cluster; where it is lost: cutover recover --env ${name}`,
  );
}
