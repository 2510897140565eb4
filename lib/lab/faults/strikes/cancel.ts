import type { Strike } from "./strike";

/** What `cutover cancel` asks of Systems Manager; a process of its own would ask too late for a short step. */
export const cancel: Strike = async ({ endpoint, executionId, struck }) => {
  if (endpoint.stopAutomation(executionId)) struck();
  await Promise.resolve();
};
