import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { parameterName } from "../config/derived";
import { describeAwsError, isNamed, remedyFor } from "./aws-error";
import { NothingStartedError } from "./errors";
import { patiently } from "./patience";
import type { Session } from "./session";

const patienceSeconds = 20;

/** Which instance the target is, as the host stack's parameter says. */
export async function findTarget({ environment, clients, clock }: Session): Promise<string> {
  const Name = parameterName(environment, "instance-id");
  const call = () => clients.ssm.send(new GetParameterCommand({ Name }));
  try {
    const { Parameter } = await patiently(call, { clock, seconds: patienceSeconds });
    return Parameter?.Value ?? "";
  } catch (error) {
    const absent = isNamed(error, "ParameterNotFound");
    throw new NothingStartedError(
      absent ? "target-absent" : "target-unknown",
      `Which instance the target is cannot be read in the parameter ${Name}: ${describeAwsError(error)}`,
      absent ? `Deploy the host stack of ${environment.name}, which writes it.` : remedyFor(error),
      { cause: error },
    );
  }
}
