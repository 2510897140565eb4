import type { CommandDocument } from "../ssm/command-document";
import { parameterReference, systemReference } from "../ssm/reference";
import { approve, type ApproveOptions } from "../ssm/steps/approve";
import { branch, type BranchOptions } from "../ssm/steps/branch";
import type { StepOptions } from "../ssm/steps/common";
import { runCommand, type RunCommandOptions } from "../ssm/steps/run-command";
import { runHook, type RunHookOptions } from "../ssm/steps/run-hook";
import type { AutomationStep } from "../ssm/steps/step";

/** Where the runbook's steps run, and where what they print goes. */
export interface Surroundings {
  readonly dumpHost: string;
  readonly target: string;
  readonly logGroup: string;
}

/** What the steps of a stage have in common: where the run goes on after them, and how often they are tried. */
export type Consequences = Pick<
  RunCommandOptions,
  "onFailure" | "onCancel" | "isCritical" | "isEnd" | "nextStep" | "maxAttempts" | "deliveryTimeoutSeconds"
>;

/** Steps in a row for which a failure, and a cancel, means the same. */
export class Stage {
  constructor(
    readonly surroundings: Surroundings,
    readonly consequences: Consequences,
  ) {}

  /**
   * For steps that must not be lost to a host that is just starting again: three attempts, and a minute for each to
   * reach its host. Longer would only keep the application waiting for a host that does not come back.
   */
  persistently(): Stage {
    return this.with({ maxAttempts: 3, deliveryTimeoutSeconds: 60 });
  }

  /** For a step that has another to repeat it: one attempt, and a minute to reach its host. */
  patiently(): Stage {
    return this.with({ deliveryTimeoutSeconds: 60 });
  }

  /** For a step that the application waits behind: its host gets the least time that SSM knows, twice. */
  promptly(): Stage {
    return this.with({ maxAttempts: 2, deliveryTimeoutSeconds: 30 });
  }

  /** Success leads to the step named. */
  thenTo(nextStep: string): Stage {
    return this.with({ nextStep });
  }

  /** Success and failure lead to the step named. */
  anywayTo(nextStep: string): Stage {
    return this.with({ nextStep, onFailure: { step: nextStep } });
  }

  onDumpHost(name: string, document: CommandDocument, parameters = {}): AutomationStep {
    return this.command(name, document, this.surroundings.dumpHost, parameters);
  }

  onTarget(name: string, document: CommandDocument, parameters = {}): AutomationStep {
    return this.command(name, document, this.surroundings.target, parameters);
  }

  /** Runs a document that is not ours, on instances that are not ours. */
  hook(
    name: string,
    options: Pick<RunHookOptions, "documentName" | "targets" | "timeoutSeconds">,
  ): AutomationStep {
    return runHook({ ...this.consequences, name, ...options, logGroup: this.surroundings.logGroup });
  }

  approve(options: Omit<ApproveOptions, keyof Consequences>): AutomationStep {
    return approve({ ...this.onceOnly(), ...options });
  }

  branch(name: string, options: Pick<BranchOptions, "choices" | "default">): AutomationStep {
    return branch({ ...this.onceOnly(), name, ...options });
  }

  private command(
    name: string,
    document: CommandDocument,
    instanceId: string,
    parameters: Record<string, string>,
  ): AutomationStep {
    return runCommand({
      ...this.consequences,
      name,
      document,
      instanceId,
      parameters: {
        RunId: parameterReference("RunId"),
        ExecutionId: systemReference("automation:EXECUTION_ID"),
        ...parameters,
      },
      logGroup: this.surroundings.logGroup,
    });
  }

  private with(consequences: Consequences): Stage {
    return new Stage(this.surroundings, { ...this.consequences, ...consequences });
  }

  // People are asked once, and a second look at the same values would find the same branch.
  private onceOnly(): Pick<StepOptions, "onFailure" | "onCancel"> {
    const { onFailure, onCancel } = this.consequences;
    return { ...(onFailure && { onFailure }), ...(onCancel && { onCancel }) };
  }
}
