import type { Strike } from "./strike";

/** As the stock `aws ssm start-automation-execution` line that somebody repeats. */
export const sameRunId: Strike = async ({ endpoint, executionId, struck }) => {
  const second = endpoint.startAgain(executionId);
  struck();
  await endpoint.ended(second);
};

/** Nothing but the lock on the target holds a second run back that the operator's command line did not start. */
export const secondStart: Strike = async ({ endpoint, executionId, struck }) => {
  const second = endpoint.startAgain(executionId, { RunId: "r20261121-000000-2nd0" });
  struck();
  await endpoint.ended(second);
};
