import { setTimeout as sleep } from "node:timers/promises";
import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from "@aws-sdk/client-ssm";
import { environments } from "../../../bin/environments";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";

/** Runs one step's document of a run on the target, to its end. */
export async function runDocument(
  lab: RehearsalLab,
  name: string,
  runId: string,
  parameters: Record<string, string> = {},
): Promise<void> {
  const environment = lab.operatorEnvironment();
  const ssm = new SSMClient({
    endpoint: environment["AWS_ENDPOINT_URL_SSM"] ?? "",
    region: environments.prod.aws.region,
    credentials: { accessKeyId: "LABTEST", secretAccessKey: "not-a-secret" },
  });
  const InstanceId = lab.lab.hosts.target.instanceId;
  const { Command } = await ssm.send(
    new SendCommandCommand({
      DocumentName: `timescale-cutover-prod-${name}`,
      InstanceIds: [InstanceId],
      Parameters: Object.fromEntries(
        Object.entries({ RunId: runId, ...parameters }).map(([key, value]) => [key, [value]]),
      ),
    }),
  );
  const CommandId = Command?.CommandId ?? "";
  for (;;) {
    const { Status } = await ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
    if (Status !== "Pending" && Status !== "InProgress") return;
    await sleep(100);
  }
}
