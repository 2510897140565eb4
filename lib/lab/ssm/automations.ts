import { AutomationRun } from "./automation-run";
import type { AutomationSurroundings } from "./automation-surroundings";
import { type AutomationDocument, type Documents, isOnlyVersion } from "./documents";
import { ServiceError } from "./errors";
import { resolveParameters } from "./parameters";
import type { StartAutomationRequest } from "./requests";

/** Every execution since the endpoint started, oldest first. */
export class Automations {
  readonly #runs = new Map<string, AutomationRun>();
  readonly #usedTokens = new Set<string>();
  readonly #ends: Promise<void>[] = [];

  constructor(
    readonly documents: Documents,
    readonly surroundings: AutomationSurroundings,
  ) {}

  all(): AutomationRun[] {
    return [...this.#runs.values()];
  }

  start(request: StartAutomationRequest): AutomationRun {
    const document = this.#document(request);
    const { values, problems } = resolveParameters(document.content.parameters, request.Parameters ?? {});
    if (problems.length > 0) {
      throw new ServiceError("InvalidAutomationExecutionParametersException", problems.join(" "));
    }
    this.#useToken(request.ClientToken);
    const run = new AutomationRun(document, values, this.surroundings);
    this.#runs.set(run.id, run);
    this.#ends.push(run.run());
    return run;
  }

  /** Stops every execution that still runs, following no onCancel, and waits for their ends. */
  async abandon(): Promise<void> {
    for (const run of this.all().filter((each) => !each.isOver)) run.abandon();
    await Promise.all(this.#ends);
  }

  get(id: string): AutomationRun {
    const run = this.#runs.get(id);
    if (run === undefined) {
      throw new ServiceError(
        "AutomationExecutionNotFoundException",
        `Automation execution ${id} does not exist.`,
      );
    }
    return run;
  }

  stop(id: string, type: "Cancel" | "Complete"): void {
    const run = this.get(id);
    if (run.isOver || run.status === "Cancelling") {
      throw new ServiceError("InvalidAutomationStatusUpdateException", `Execution ${id} is ${run.status}.`);
    }
    if (type === "Cancel") run.cancel();
    else run.complete();
  }

  /** `caller` is the access key that signed; the lab takes it for the name of an IAM user. */
  signal(id: string, signal: string, caller: string, comment: string): void {
    const approver = `arn:aws:iam::${this.surroundings.account}:user/${caller}`;
    const run = this.get(id);
    if (signal !== "Approve" && signal !== "Reject") {
      throw new ServiceError(
        "InvalidAutomationSignalException",
        `The lab does not take the signal ${signal}.`,
      );
    }
    const isTaken = run.current?.decide({ approver, decision: signal, comment }) ?? false;
    if (!isTaken)
      throw new ServiceError("InvalidAutomationSignalException", `Execution ${id} waits for no approval.`);
  }

  #document(request: StartAutomationRequest): AutomationDocument {
    const document = this.documents.find(request.DocumentName);
    if (document?.documentType !== "Automation") {
      const message = `Automation document ${request.DocumentName} does not exist.`;
      throw new ServiceError("AutomationDefinitionNotFoundException", message);
    }
    if (!isOnlyVersion(request.DocumentVersion)) {
      const message = `${document.name} has no version ${String(request.DocumentVersion)}.`;
      throw new ServiceError("AutomationDefinitionVersionNotFoundException", message);
    }
    return document;
  }

  // A token is good for one start: even the same request with it again is refused, not answered with the first run.
  #useToken(token: string | undefined): void {
    if (token === undefined) return;
    if (this.#usedTokens.has(token)) {
      throw new ServiceError("IdempotentParameterMismatch", `The client token ${token} was used before.`);
    }
    this.#usedTokens.add(token);
  }
}
