import type { AutomationStep } from "../ssm/steps/step";
import type { Runbook } from "./automation";
import { dumpHostId } from "./connections";
import { targetInstanceId } from "./find-target";
import { Stage, type Surroundings } from "./stage";
import type { CommandDocument } from "../ssm/command-document";

const LEAST_DELIVERY_SECONDS = 30;

/** The target's lock: one run at a time. */
export interface LockSteps {
  readonly lock: CommandDocument;
  readonly unlock: CommandDocument;
}

/** The frame of an automation: its lock, its stages and its end. */
export class Run {
  private readonly steps: LockSteps;
  private readonly surroundings: Surroundings;

  constructor({ environment, steps, logGroup }: Runbook<LockSteps>) {
    this.steps = steps;
    this.surroundings = {
      dumpHost: dumpHostId(environment),
      target: targetInstanceId,
      logGroup,
    };
  }

  /** Steps whose failure, and whose cancel, leads to the step named. */
  leadingTo(step: string): Stage {
    return new Stage(this.surroundings, { onFailure: { step }, onCancel: { step } });
  }

  /** Steps after which the run goes on even when they failed; it ends Failed all the same. */
  goingOn({ cancelled }: { cancelled: string }): Stage {
    return this.goingOnOnce({ cancelled }).persistently();
  }

  /** The same for work of hours, which another attempt would only repeat. */
  goingOnOnce({ cancelled }: { cancelled: string }): Stage {
    return new Stage(this.surroundings, {
      onFailure: "Continue",
      isCritical: true,
      onCancel: { step: cancelled },
    });
  }

  /**
   * Steps that change nothing: one that fails hides none of those after it, and a cancel just ends the run. A host that does
   * not answer is a finding: its steps wait no longer for it than SSM's least.
   */
  looking(): Stage {
    return new Stage(this.surroundings, {
      onFailure: "Continue",
      isCritical: true,
      deliveryTimeoutSeconds: LEAST_DELIVERY_SECONDS,
    });
  }

  lookingLast(): Stage {
    return new Stage(this.surroundings, {
      onFailure: "Abort",
      deliveryTimeoutSeconds: LEAST_DELIVERY_SECONDS,
    });
  }

  /** A step with which the run ends, whatever becomes of it. */
  ending(): Stage {
    return new Stage(this.surroundings, { isEnd: true });
  }

  /** Nothing is there yet to release: a failure ends the run. */
  lock(): AutomationStep {
    return new Stage(this.surroundings, { onFailure: "Abort" }).onTarget("lock", this.steps.lock);
  }

  /** Runs after success, failure and cancellation alike, so that nothing of the run stays behind. */
  cleanUp(releaseSource: CommandDocument): AutomationStep[] {
    return [this.leadingTo("unlock").onDumpHost("releaseSource", releaseSource), this.unlock()];
  }

  unlock(): AutomationStep {
    return this.ending().onTarget("unlock", this.steps.unlock);
  }
}
