import type { Intent } from "./consent";
import type { EndedInFlight } from "./end-in-flight";
import type { Question } from "./question";
import type { Stage } from "./replacement/stage";
import type { Standing } from "./standing";
import type { Approval, HostName } from "./step";
import type { StepFailure } from "./step-failure";

/** A step as it stands now. `seconds` runs on while it is in progress. */
export interface StepProgress {
  /** 1 for the first step of the document. */
  position: number;
  total: number;
  name: string;
  host: HostName | null;
  status: string;
  seconds: number | null;
}

/** What the engine tells while it works. It never writes to a terminal itself. */
export type OperatorEvent =
  | { code: "about-to"; intent: Intent }
  | { code: "run-starting"; runId: string; document: string }
  | { code: "run-started"; runId: string; document: string; executionId: string }
  | { code: "run-found"; runId: string; document: string; executionId: string; status: string }
  | { code: "cancel-requested"; executionId: string }
  | { code: "cancel-needless"; executionId: string; status: string }
  | { code: "step-changed"; step: StepProgress }
  | { code: "step-running"; step: StepProgress }
  | { code: "approval-awaited"; runId: string; executionId: string; approval: Approval }
  | { code: "approval-sent"; executionId: string }
  | { code: "approval-refused"; executionId: string; reason: string; remedy: string }
  | { code: "fence-asks"; executionId: string; question: Question }
  | { code: "question-unreadable"; reason: string }
  | { code: "in-flight-ending"; document: string; instanceId: string; commandId: string }
  | { code: "command-sent"; document: string; instanceId: string; commandId: string }
  | { code: "in-flight-ended"; ended: EndedInFlight }
  | { code: "in-flight-not-ended"; reason: string; remedy: string }
  | { code: "replacement"; stage: Stage; stack: string }
  | { code: "connection-lost"; reason: string }
  | { code: "connection-regained" }
  | { code: "run-ended"; runId: string; status: string; seconds: number; message: string | null }
  | { code: "step-failed"; runId: string; failure: StepFailure }
  | { code: "results-missing"; results: string[]; location: string; reason: string }
  | { code: "truth-unknown"; reason: string }
  | { code: "standing"; standing: Standing }
  | { code: "standing-unknown"; reason: string }
  | { code: "report-written"; path: string }
  | { code: "report-not-written"; path: string; reason: string };

export type Emit = (event: OperatorEvent) => void;
