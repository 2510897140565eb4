import { applicationTargetHost, relayBucketName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import type { Intent } from "../consent";
import { removalLines } from "./replacement";

/** What is about to happen and what of it cannot be undone, for the one who types the database's name. */
export function consequenceLines(intent: Intent, environment: Environment): string[] {
  switch (intent.action) {
    case "cutover":
      return cutoverLines(intent, environment);
    case "rollback":
      return rollbackLines(intent, environment);
    case "signoff":
      return [
        `About to sign off the cutover ${intent.cutoverRun} of ${environment.name}:`,
        "  The target stays the truth for good, and the final record is written.",
        "  This cannot be undone: after it there is no rollback.",
      ];
    case "recover":
      return recoverLines(intent, environment);
    case "replace-host":
      return removalLines(intent, environment);
  }
}

function recoverLines(
  { runId, repo, time, replace }: Extract<Intent, { action: "recover" }>,
  { database, name, repository, target }: Environment,
): string[] {
  const { stanza } = repository.pgbackrest;
  return [
    `About to recover the database ${database.name} of ${name} at ${target.network.privateAddress} (run ${runId}):`,
    `  The newest fitting backup of stanza ${stanza} in repo${repo} and its WAL are restored, ` +
      (time === null ? "to the latest that it holds." : `to ${time}.`),
    "  What the application wrote after that is not in it: the lost instance took it along.",
    `  The application's secret names the address already, so the application comes back by itself at the end.`,
    ...(replace === null ? [] : ["  The cluster on the target that does not run is set aside."]),
  ];
}

function cutoverLines(
  { runId, replace, inFlight, allow, accept }: Extract<Intent, { action: "cutover" }>,
  environment: Environment,
): string[] {
  const { application, database, target, cutover } = environment;
  const seconds = cutover.inFlightSeconds;
  return [
    `About to cut over the database ${database.name} of ${environment.name} (run ${runId}), once an approver agrees:`,
    "  The source is fenced: the application can read and write nothing until the end of the switch.",
    inFlight === "end"
      ? `  Sessions and jobs that go on for more than ${seconds} s are ended; what they had not committed is lost.`
      : `  Sessions and jobs that go on for more than ${seconds} s are asked about before they are ended.`,
    "  The database is dumped, restored on the target and compared; a failure up to here reopens the source by itself.",
    `  Then the secret ${application.secretName} is switched to ${applicationTargetHost(environment)}:${target.port}.`,
    "  After the switch nothing goes back by itself: cutover rollback does, until the signoff.",
    ...(replace === null ? [] : [`  The target's database ${replace} is dropped. This cannot be undone.`]),
    ...(allow.length === 0 ? [] : [`  Overridden at the gate: ${allow.join(", ")}.`]),
    ...accept.map((name) => `  Accepted, though the target differs: ${name}.`),
  ];
}

function rollbackLines(
  { runId, cutoverRun, carryWrites }: Extract<Intent, { action: "rollback" }>,
  environment: Environment,
): string[] {
  const { application, database } = environment;
  return [
    `About to take back the cutover ${cutoverRun} of the database ${database.name} of ${environment.name} (run ${runId}):`,
    "  The target is fenced: the application can read and write nothing until the source is reopened.",
    `  The writes since the switch are saved to s3://${relayBucketName(environment)}/writes/${runId}/.`,
    ...(carryWrites
      ? [
          "  They are applied on the source before it is reopened. Rows that it has otherwise are not overwritten:",
          "  they are listed, and kept in what was saved. Deletes are counted and not carried.",
        ]
      : [
          "  They stay there (--no-carry-writes): the source goes on without any of them, and the report names each",
          "  relation with its rows.",
        ]),
    `  Then the secret ${application.secretName} goes back to ${application.sourceHost}:${application.sourcePort}, ` +
      "and the source is reopened.",
    "  What the application writes on the source from then on cannot be brought to this target: a new cutover starts anew.",
  ];
}
