import { runbookLogGroupName } from "../config/derived";
import { type CommandEnded, runOnInstance } from "./instance-command";
import type { Session } from "./session";
import { findTarget } from "./target";

export type { CommandEnded } from "./instance-command";

/** Runs one step's document of the host stack on the target, as a run of its own, and waits for its end. */
export async function runOnTarget(
  session: Session,
  step: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<CommandEnded> {
  const { environment } = session;
  const instanceId = await findTarget(session);
  return await runOnInstance(session, {
    ...{ step, instanceId, parameters, logGroup: runbookLogGroupName(environment) },
  });
}
