import { DescribeInstanceInformationCommand, ListCommandInvocationsCommand } from "@aws-sdk/client-ssm";
import { z } from "zod";
import { hostLogGroupName } from "../../config/derived";
import { FailedError, NothingStartedError } from "../errors";
import { runOnInstance } from "../instance-command";
import { hostDocument } from "../names";
import { notStarted } from "../not-started";
import { patiently } from "../patience";
import type { Session } from "../session";
import { lastResult } from "../step-result";
import type { Instance } from "./found";

const patienceSeconds = 60;

// What a step prints is external input.
const stopped = z.object({
  step: z.literal("stop-server"),
  cluster: z.object({ systemIdentifier: z.string(), state: z.string(), checkpoint: z.string() }),
});
export type StoppedCluster = z.infer<typeof stopped>["cluster"];

/** Whether Systems Manager reaches the instance. */
export async function isOnline(session: Session, id: string): Promise<boolean> {
  const { clients, clock, signal, environment } = session;
  const command = new DescribeInstanceInformationCommand({
    Filters: [{ Key: "InstanceIds", Values: [id] }],
  });
  const ask = () => clients.ssm.send(command, { abortSignal: signal });
  const { InstanceInformationList = [] } = await patiently(ask, {
    ...{ clock, signal, seconds: patienceSeconds },
  }).catch((error: unknown) => {
    throw notStarted(error, environment);
  });
  return InstanceInformationList.some(({ PingStatus }) => PingStatus === "Online");
}

/** Whether PostgreSQL can be stopped there. @throws NothingStartedError where it cannot and that was not allowed */
export async function canStop(
  session: Session,
  { id, state }: Instance,
  unstopped: boolean,
): Promise<boolean> {
  // One that was shut down has stopped its services.
  if (state === "stopping" || state === "stopped") return false;
  if (await isOnline(session, id)) return true;
  if (unstopped) return false;
  throw new NothingStartedError(
    "host-unreachable",
    `Systems Manager does not reach the instance ${id} (${state}): PostgreSQL cannot be stopped there. Nothing was started.`,
    "Mend the agent (systemctl restart snap.amazon-ssm-agent.amazon-ssm-agent), or reboot the instance. Where it is lost, add --unstopped: PostgreSQL then recovers from its WAL, as after a power failure.",
  );
}

/** Stops PostgreSQL. @throws FailedError where it does not stop and that was not allowed */
export async function stopServer(session: Session, instanceId: string, unstopped: boolean): Promise<void> {
  const logGroup = hostLogGroupName(session.environment);
  const { runId, failure } = await runOnInstance(session, { step: "stop-server", instanceId, logGroup });
  if (failure === null) return;
  session.emit({ code: "step-failed", runId, failure });
  if (unstopped) return;
  throw new FailedError(
    failure.code ?? "server-not-stopped",
    "PostgreSQL was not stopped in order, and nothing was terminated.",
    "Do what the remedy above says, then run this again. Where that cannot be done, add --unstopped: PostgreSQL then recovers from its WAL, as after a power failure.",
  );
}

/**
 * The cluster as it was stopped last, from Systems Manager's record of the command (30 days), whoever sent it. Null where
 * there is none: it was not stopped in order.
 */
export async function lastStopped(session: Session): Promise<StoppedCluster | null> {
  const { clients, clock, signal, environment } = session;
  const command = new ListCommandInvocationsCommand({
    Filters: [
      { key: "DocumentName", value: hostDocument(environment, "stop-server") },
      { key: "Status", value: "Success" },
    ],
    Details: true,
  });
  const ask = () => clients.ssm.send(command, { abortSignal: signal });
  const { CommandInvocations = [] } = await patiently(ask, { clock, signal, seconds: patienceSeconds });
  const [newest] = CommandInvocations.sort((a, b) => time(b.RequestedDateTime) - time(a.RequestedDateTime));
  const output = newest?.CommandPlugins?.[0]?.Output ?? "";
  return lastResult(output, stopped)?.cluster ?? null;
}

function time(date: Date | undefined): number {
  return date?.getTime() ?? 0;
}
