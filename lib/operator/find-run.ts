import type { SSMClient } from "@aws-sdk/client-ssm";
import type { Environment } from "../config/environment";
import { classifyAwsError, describeAwsError, isNamed, remedyFor } from "./aws-error";
import type { Clock } from "./clock";
import { BadInputError, NothingStartedError } from "./errors";
import { readExecution, type Execution } from "./execution";
import { isDocumentOf } from "./names";
import { patiently } from "./patience";

const executionIdPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const patienceSeconds = 10;

/** A run of the environment, by its execution's id. */
export type Run = Execution & { runId: string };

/**
 * Looks an execution up and makes sure that it is a run of this environment: a cancel must not reach another's.
 * @throws BadInputError for an id that names no run of the environment; NothingStartedError when AWS cannot say
 */
export async function findRun(
  ssm: SSMClient,
  environment: Environment,
  executionId: string,
  clock: Clock,
): Promise<Run> {
  if (!executionIdPattern.test(executionId)) {
    throw new BadInputError(
      "execution-malformed",
      `${JSON.stringify(executionId)} is no execution id.`,
      "Give the id that `cutover rehearse` printed when it started the run.",
    );
  }
  const execution = await patiently(() => readExecution(ssm, environment, executionId), {
    clock,
    seconds: patienceSeconds,
  }).catch((error: unknown) => {
    throw unreadable(error, environment, executionId);
  });
  const { runId, document } = execution;
  if (runId === null || !isDocumentOf(environment, document)) {
    throw new BadInputError(
      "execution-of-another",
      `Execution ${executionId} is of document ${document || "(none)"}: no run of ${environment.name}.`,
      "Check the id, and --env.",
    );
  }
  return { ...execution, runId };
}

function unreadable(error: unknown, environment: Environment, executionId: string): Error {
  if (isNamed(error, "AutomationExecutionNotFoundException")) {
    return new BadInputError(
      "execution-unknown",
      `There is no execution ${executionId} in ${environment.aws.region} where these credentials lead.`,
      `Check the id, and use credentials of account ${environment.aws.account}.`,
      { cause: error },
    );
  }
  const verb = classifyAwsError(error) === "refused" ? "refused" : "could not be reached";
  return new NothingStartedError(
    verb === "refused" ? "aws-refused" : "aws-unreachable",
    `AWS ${verb}: ${describeAwsError(error)}`,
    remedyFor(error),
    { cause: error },
  );
}
