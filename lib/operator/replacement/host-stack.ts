import { DescribeStacksCommand, type Stack } from "@aws-sdk/client-cloudformation";
import { hostStackName } from "../../config/derived";
import { isNamed } from "../aws-error";
import { NothingStartedError } from "../errors";
import { notStarted } from "../not-started";
import { patiently } from "../patience";
import type { Session } from "../session";

/** What CloudFormation takes for deployed. It does not notice that an instance was terminated. */
export interface HostStack {
  name: string;
  /** Such as `UPDATE_COMPLETE`. */
  status: string;
  /** When its last deployment began; milliseconds since 1970. */
  deployedAt: number;
  generation: number;
  instanceId: string;
  volumeId: string;
}

const patienceSeconds = 60;

/** @throws NothingStartedError where there is no such stack, or AWS refuses */
export async function readHostStack(session: Session): Promise<HostStack> {
  const { clients, clock, environment, signal } = session;
  const name = hostStackName(environment);
  const ask = () =>
    clients.cloudFormation.send(new DescribeStacksCommand({ StackName: name }), { abortSignal: signal });
  try {
    const { Stacks } = await patiently(ask, { clock, signal, seconds: patienceSeconds });
    return hostStack(name, Stacks?.[0]);
  } catch (error) {
    // That is how CloudFormation says that it has none of that name.
    if (isNamed(error, "ValidationError")) throw missing(name, environment.aws);
    throw error instanceof NothingStartedError ? error : notStarted(error, environment);
  }
}

function hostStack(name: string, stack: Stack | undefined): HostStack {
  const output = (key: string) =>
    stack?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue ?? "";
  return {
    name,
    status: stack?.StackStatus ?? "",
    deployedAt: (stack?.LastUpdatedTime ?? stack?.CreationTime)?.getTime() ?? 0,
    // A stack of before generations were counted has the first.
    generation: Number(output("Generation") || "1"),
    instanceId: output("InstanceId"),
    volumeId: output("DataVolumeId"),
  };
}

function missing(name: string, { account, region }: Session["environment"]["aws"]): NothingStartedError {
  return new NothingStartedError(
    "stack-missing",
    `There is no stack ${name} where these credentials lead: no host was deployed that could be replaced.`,
    `Use credentials of account ${account}, ${region}; or deploy the host: npx cdk deploy --no-rollback ${name}`,
  );
}
