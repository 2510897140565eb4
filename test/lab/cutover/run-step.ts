import { setTimeout as sleep } from "node:timers/promises";
import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from "@aws-sdk/client-ssm";
import { environments } from "../../../bin/environments";
import type { HostName } from "../../../lib/lab/host";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";

/** The JSON line that a step ends with. */
export interface StepResult {
  readonly status: "succeeded" | "failed";
  readonly code?: string;
  readonly message?: string;
  readonly remedy?: string;
  readonly [member: string]: unknown;
}

/** What a step that succeeded gives; of one that failed, expect().toEqual() then shows all that it said. */
export const succeeded = expect.objectContaining({ status: "succeeded" }) as StepResult;

/** Runs one step's document, as it was synthesized, on a host to its end, and gives its result. */
export async function runStep(
  lab: RehearsalLab,
  host: HostName,
  name: string,
  parameters: Readonly<Record<string, string>> & { readonly RunId: string },
): Promise<StepResult> {
  const ssm = new SSMClient({
    endpoint: lab.operatorEnvironment()["AWS_ENDPOINT_URL_SSM"] ?? "",
    region: environments.prod.aws.region,
    credentials: { accessKeyId: "LABTEST", secretAccessKey: "not-a-secret" },
  });
  const InstanceId = lab.lab.hosts[host].instanceId;
  const { Command } = await ssm.send(
    new SendCommandCommand({
      DocumentName: `timescale-cutover-prod-${name}`,
      InstanceIds: [InstanceId],
      Parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, [value]])),
    }),
  );
  const CommandId = Command?.CommandId ?? "";
  for (;;) {
    const { Status, StandardOutputContent, StandardErrorContent } = await ssm.send(
      new GetCommandInvocationCommand({ CommandId, InstanceId }),
    );
    if (Status !== "Pending" && Status !== "InProgress")
      return resultIn(name, StandardOutputContent ?? "", StandardErrorContent ?? "");
    await sleep(150);
  }
}

function resultIn(name: string, stdout: string, stderr: string): StepResult {
  const line = stdout
    .split("\n")
    .filter((one) => one.startsWith('{"step"'))
    .at(-1);
  if (line === undefined) throw new Error(`${name} ended without a result: ${stdout}\n${stderr}`);
  return JSON.parse(line) as StepResult;
}
