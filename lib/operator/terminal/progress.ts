import type { Environment } from "../../config/environment";
import type { Emit, OperatorEvent, StepProgress } from "../events";
import { isFinished } from "../status";
import { approvalLines, endedLines, questionLines } from "./asked";
import { consequenceLines } from "./consequences";
import { duration } from "./duration";
import { failureLines } from "./failure";
import { printable, printableLines } from "./printable";
import { replacementLines } from "./replacement";
import { standingLines } from "./standing";

/** Where progress goes: stderr, or a test's string. */
export interface ProgressOutput {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

// Plain output says now and then that a long step is still running: some callers end what is silent for long.
const heartbeatSeconds = 300;

/** Renders the engine's events: on a terminal a running step's line is rewritten, elsewhere every line stays. */
export class Progress {
  private unfinishedLine = false;
  private readonly heartbeats = new Map<string, number>();

  constructor(
    private readonly output: ProgressOutput,
    private readonly environment: Environment,
  ) {}

  readonly show: Emit = (event) => {
    if (event.code === "step-changed") this.stepChanged(event.step);
    else if (event.code === "step-running") this.stepRunning(event.step);
    else this.lines(this.render(event));
  };

  /** Whole lines, after what of a running step's line is on the terminal. */
  lines(lines: string[]): void {
    if (this.unfinishedLine) this.output.write("\n");
    this.unfinishedLine = false;
    for (const line of lines) this.output.write(`${line}\n`);
  }

  private stepChanged(step: StepProgress): void {
    if (this.output.isTTY === true) this.rewrite(step);
    else this.output.write(`${stepLine(step)}\n`);
  }

  private stepRunning(step: StepProgress): void {
    if (this.output.isTTY === true) {
      this.rewrite(step);
      return;
    }
    const beat = Math.floor((step.seconds ?? 0) / heartbeatSeconds);
    if (beat > (this.heartbeats.get(step.name) ?? 0)) this.output.write(`${stepLine(step)}\n`);
    this.heartbeats.set(step.name, beat);
  }

  private rewrite(step: StepProgress): void {
    // A line that wraps cannot be rewritten.
    const line = stepLine(step).slice(0, (this.output.columns || 80) - 1);
    this.unfinishedLine = !isFinished(step.status);
    this.output.write(`\r${line}\u001b[K${this.unfinishedLine ? "" : "\n"}`);
  }

  private render(event: Exclude<OperatorEvent, { code: "step-changed" | "step-running" }>): string[] {
    switch (event.code) {
      case "about-to":
        return consequenceLines(event.intent, this.environment);
      case "run-starting":
        return [`Run ${event.runId}: starting ${event.document} …`];
      case "run-started":
        return [`Started: execution ${event.executionId}`];
      case "run-found":
        return [`Run ${event.runId}: execution ${event.executionId} of ${event.document}, ${event.status}`];
      case "cancel-requested":
        return ["The cancel was accepted; following the run to its end."];
      case "cancel-needless":
        return [`Nothing to cancel: the run is ${event.status}.`];
      case "approval-awaited":
        return approvalLines(event.executionId, event.approval, this.environment);
      case "approval-sent":
        return ["The approval was given with these credentials."];
      case "approval-refused":
      case "in-flight-not-ended":
        return [
          "warning: " + printable(event.reason),
          ...printableLines(event.remedy).map((line) => `  ${line}`),
        ];
      case "fence-asks":
        return questionLines(event.executionId, event.question, this.environment);
      case "question-unreadable":
        return [
          `warning: what the fence asks cannot be read in the relay bucket: ${printable(event.reason)}`,
        ];
      case "in-flight-ending":
        return [
          `Ending the late sessions: ${event.document} on ${event.instanceId}, command ${event.commandId} …`,
        ];
      case "command-sent":
        return [`${event.document} on ${event.instanceId}, command ${event.commandId} …`];
      case "in-flight-ended":
        return endedLines(event.ended, this.environment);
      case "replacement":
        return replacementLines(event.stage, event.stack);
      case "connection-lost":
        return [`AWS cannot be asked (${printable(event.reason)}); the run goes on, trying again …`];
      case "connection-regained":
        return ["AWS answers again."];
      case "run-ended":
        return [
          `Run ${event.runId} ended: ${event.status} after ${duration(event.seconds)}`,
          ...(event.message === null ? [] : printableLines(event.message).map((line) => `  ${line}`)),
        ];
      case "step-failed":
        return failureLines(event.failure, event.runId, this.environment);
      case "results-missing":
        return printableLines(
          `warning: the report lacks the results of ${event.results.join(", ")} (${event.location}): ${event.reason}`,
        );
      case "truth-unknown":
        return [`warning: which side is the truth is not known: ${printable(event.reason)}`];
      case "standing":
        return standingLines(event.standing, this.environment);
      case "standing-unknown":
        return [
          `warning: whether the source is still fenced could not be seen: ${printable(event.reason)}`,
          `  Look again: cutover status --env ${this.environment.name}`,
        ];
      case "report-written":
        return [`Report: ${event.path}`];
      case "report-not-written":
        return [`warning: the report ${event.path} could not be written: ${printable(event.reason)}`];
    }
  }
}

function stepLine({ position, total, name, host, status, seconds }: StepProgress): string {
  const count = `(${String(position).padStart(String(total).length)}/${total})`;
  const time = seconds === null ? "" : duration(seconds);
  return `${count} ${name.padEnd(24)}  ${(host ?? "").padEnd(6)}  ${status.padEnd(10)}  ${time}`.trimEnd();
}
