import type { SSMClient } from "@aws-sdk/client-ssm";
import type { Environment } from "../config/environment";
import type { Clock } from "./clock";
import { NothingStartedError } from "./errors";
import { isAtWork, listAutomations } from "./executions";
import { automationInWords } from "./names";
import { notStarted } from "./not-started";
import { patiently } from "./patience";

const patienceSeconds = 10;

/**
 * Never a second run beside one that is in progress, whichever of the environment's automations that is: what a preflight
 * found while another run is at work would be that run's doing. A preflight itself stands in nobody's way.
 */
export async function refuseWhileInProgress({
  ssm,
  environment,
  clock,
}: {
  ssm: SSMClient;
  environment: Environment;
  clock: Clock;
}): Promise<void> {
  const listed = await patiently(() => listAutomations(ssm, environment), {
    clock,
    seconds: patienceSeconds,
  }).catch((error: unknown) => {
    throw notStarted(error, environment);
  });
  const running = listed.find(isAtWork);
  if (running === undefined) return;
  const { id, automation, status, startedAt } = running;
  const since = startedAt === null ? "" : ` since ${startedAt.toISOString()}`;
  throw new NothingStartedError(
    "run-in-progress",
    `A ${automationInWords(automation)} of ${environment.name} is in progress: execution ${id} (${status})${since}.`,
    `Wait for it (cutover follow ${id} --env ${environment.name}), ` +
      `or end it (cutover cancel ${id} --env ${environment.name}).`,
  );
}
