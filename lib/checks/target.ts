import type { Check } from "./check";
import { targetFitChecks } from "./target-fit";
import { targetHostChecks } from "./target-host";
import { targetServerChecks } from "./target-server";

const connection: Check = {
  id: "target-connection",
  meaning: "The target's PostgreSQL takes the runbook's connection over its local socket, and takes writes.",
  remedy: "Start PostgreSQL on the target and read its log, or correct target.port.",
  seconds: 20,
};

const sourceFacts: Check = {
  id: "target-source-facts",
  meaning: "What inspect-source found is here, to compare the target with.",
  remedy: "Read what the step inspectSource says; look at the target's way to the relay bucket.",
  seconds: 20,
  needs: connection.id,
};

/** What check-target looks at. */
export const targetChecks: readonly Check[] = [
  ...targetHostChecks,
  connection,
  ...targetServerChecks,
  sourceFacts,
  ...targetFitChecks,
];
