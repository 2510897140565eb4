import { GetCommandInvocationCommand, type SSMClient } from "@aws-sdk/client-ssm";
import type { Clock } from "./clock";
import { patiently } from "./patience";
import type { Step } from "./step";

const patienceSeconds = 5;

/** Up to 24,000 characters of what the step's command printed; "" for a step without a command. Throws what the SDK throws. */
export async function commandOutput(
  { commandId, instanceId }: Step,
  { ssm, clock }: { ssm: SSMClient; clock: Clock },
): Promise<string> {
  if (commandId === null || instanceId === null) return "";
  const command = new GetCommandInvocationCommand({ CommandId: commandId, InstanceId: instanceId });
  const invocation = await patiently(() => ssm.send(command), { clock, seconds: patienceSeconds });
  return invocation.StandardOutputContent ?? "";
}
