import { FailedError, OutcomeUnknownError } from "../errors";
import type { Session } from "../session";
import type { HostStack } from "./host-stack";
import type { Stage } from "./stage";

/** Seconds after which a stage is not waited for any longer. A person deploys when a person can. */
const patience: Partial<Record<Stage["at"], number>> = {
  // EC2 shuts an instance down in order before it terminates it.
  leaving: 1800,
  // As long as the boot's own unit may take.
  boot: 3600,
};

/** The stages of one replacement as they follow each other: tells of each once, and gives up where one does not end. */
export class Course {
  private at: Stage["at"] | null = null;
  private since = 0;
  private deploysFrom: number | null = null;

  constructor(private readonly session: Session) {}

  /** @throws FailedError where a deployment ended without the instance; OutcomeUnknownError where a stage does not end */
  enter(stage: Stage, stack: HostStack): void {
    this.refuseAfterDeployment(stage, stack);
    if (stage.at === this.at) {
      this.refuseWhenLate(stage);
      return;
    }
    this.at = stage.at;
    this.since = this.session.clock.now().getTime();
    this.session.emit({ code: "replacement", stage, stack: stack.name });
  }

  /** A deployment that was waited for, or begun since, has ended: what is to be done next is a person's to decide. */
  private refuseAfterDeployment({ at }: Stage, { name, status, deployedAt, generation }: HostStack): void {
    if (at === "deployment") this.deploysFrom = -1;
    if (at === "deploy") this.deploysFrom ??= deployedAt;
    const over = at === "deploy" || at === "removal" || at === "leaving";
    if (!over || this.deploysFrom === null || this.deploysFrom === deployedAt) return;
    throw new FailedError(
      "deployment-failed",
      `The deployment of ${name} has ended as ${status}, and its instance is still of generation ${generation}.`,
      `See its events (aws cloudformation describe-stack-events --stack-name ${name}), mend the cause, and run this again: it goes on from here. ` +
        "An instance that the deployment left behind is then removed first, after you were asked.",
    );
  }

  private refuseWhenLate(stage: Stage): void {
    const { clock } = this.session;
    const seconds = (clock.now().getTime() - this.since) / 1000;
    if (seconds < (patience[stage.at] ?? Infinity)) return;
    throw late(stage, Math.round(seconds / 60));
  }
}

function late(stage: Stage, minutes: number): OutcomeUnknownError {
  const id = "instance" in stage ? stage.instance.id : "";
  return stage.at === "boot"
    ? new OutcomeUnknownError(
        "boot-unseen",
        `The instance ${id} has not told for ${minutes} min how its boot ended.`,
        `See its console (aws ec2 get-console-output --latest --instance-id ${id}), then run this again: it goes on from here.`,
      )
    : new OutcomeUnknownError(
        "instance-not-gone",
        `The instance ${id} has not let go of the data volume and the interface for ${minutes} min.`,
        `See it (aws ec2 describe-instances --instance-ids ${id}), then run this again: it goes on from here. A volume that stays at a terminated instance is detached by aws ec2 detach-volume.`,
      );
}
