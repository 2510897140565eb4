import type { Environment } from "../config/environment";
import { classifyAwsError, describeAwsError, isNamed, remedyFor } from "./aws-error";
import { NothingStartedError } from "./errors";

/** @param document what was to be started; absent while AWS was only asked what is in progress */
export function notStarted(error: unknown, environment: Environment, document?: string): NothingStartedError {
  const place = `account ${environment.aws.account}, ${environment.aws.region}`;
  if (document !== undefined && isNamed(error, "AutomationDefinitionNotFoundException", "InvalidDocument")) {
    return new NothingStartedError(
      "document-missing",
      `There is no document ${document} where these credentials lead.`,
      `Deploy the environment's runbook stack, and use credentials of ${place}.`,
      { cause: error },
    );
  }
  const refused = classifyAwsError(error) === "refused";
  return new NothingStartedError(
    refused ? "aws-refused" : "aws-unreachable",
    `Nothing was started: AWS ${refused ? "refused" : "could not be reached"} (${place}): ${describeAwsError(error)}`,
    remedyFor(error),
    { cause: error },
  );
}
