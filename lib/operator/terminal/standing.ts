import type { Environment } from "../../config/environment";
import { automationInWords } from "../names";
import { fencedTruth, toldAutomations, type LastRun, type Standing } from "../standing";
import { succeeded, isFinished } from "../status";
import { printable } from "./printable";

/** How the environment stands: the truth, its fence, and the last runs. */
export function statusLines(standing: Standing, environment: Environment): string[] {
  return [
    ...standingLines(standing, environment),
    ...toldAutomations.map((automation) => runLine(automation, standing.runs[automation])),
  ];
}

/** The truth, and whether the application can write to it. */
export function standingLines(standing: Standing, environment: Environment): string[] {
  const { inProgress } = standing;
  return [
    ...truthLines(standing, environment),
    ...(inProgress === null
      ? []
      : [
          `A ${automationInWords(inProgress.automation)} is in progress: execution ${inProgress.executionId} (${inProgress.status}).`,
          `  Follow it: cutover follow ${inProgress.executionId} --env ${environment.name}`,
        ]),
    ...fenceLines(standing, environment),
  ];
}

function truthLines({ truth }: Standing, environment: Environment): string[] {
  const { secretName } = environment.application;
  if (truth.side !== null)
    return [`The truth is the ${truth.side}: ${secretName} points at ${printable(truth.address ?? "")}.`];
  const why =
    truth.reason ??
    `${secretName} ${truth.address === null ? "names no host and port" : `points at ${truth.address}`}`;
  return [
    `THE TRUTH IS UNKNOWN: ${printable(why)}`,
    "  Find out which side the application writes to before anything is started.",
  ];
}

function fenceLines(standing: Standing, environment: Environment): string[] {
  const { truth, fences, inProgress } = standing;
  const fenced = fencedTruth(standing);
  if (fenced !== null) {
    const { runId, executionId } = fences[fenced] ?? { runId: "", executionId: "" };
    const remedy =
      fenced === "source"
        ? `Reopen it: cutover reopen --env ${environment.name}`
        : `Go back to the source, which also ends this: cutover rollback --env ${environment.name}`;
    return [
      `${fenced.toUpperCase()} IS STILL FENCED by run ${runId} (execution ${executionId}): the application cannot write.`,
      `  ${remedy}`,
    ];
  }
  if (truth.side !== null && fences[truth.side] !== null) {
    return [`The ${truth.side} is fenced by run ${fences[truth.side]?.runId}.`];
  }
  if (truth.side === null && fences.source !== null && inProgress === null) {
    return [`The source was fenced by run ${fences.source.runId} and not reopened since.`];
  }
  return truth.side === null ? [] : [`The ${truth.side} is not fenced.`];
}

function runLine(automation: string, run: LastRun | null): string {
  const label = automation.padEnd(10);
  if (run === null) return `${label}never, in the last 30 days`;
  const time = (run.endedAt ?? run.startedAt)?.toISOString() ?? "";
  return `${label}${outcomeOf(run.status).padEnd(12)} ${time}  ${run.runId ?? ""}  execution ${run.executionId}`;
}

function outcomeOf(status: string): string {
  if (status === succeeded) return "succeeded";
  return isFinished(status) && status === "Failed" ? "failed" : status;
}
