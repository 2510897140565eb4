import { CfnWaitCondition, CfnWaitConditionHandle } from "aws-cdk-lib";
import { Construct, type IDependable } from "constructs";

/** The boot takes minutes; half an hour lets a slow package source end by its own error, not by this one. */
const TIMEOUT_SECONDS = 1800;

/**
 * Where the boot tells CloudFormation how it ended: a deployment that creates the host fails with the boot's own line.
 * It serves that one deployment: CloudFormation never waits again at the same handle, and both keep their logical ids,
 * or the user data, which holds the URL, would change and stop the instance.
 */
export class BootSignal extends Construct {
  private readonly handle = new CfnWaitConditionHandle(this, "Handle");

  /** A token: a URL that takes one HTTP PUT. */
  get url(): string {
    return this.handle.ref;
  }

  /** The time runs from when the dependency is there. Returns what is there once the boot has succeeded. */
  awaitAfter(dependency: IDependable): IDependable {
    const condition = new CfnWaitCondition(this, "Condition", {
      handle: this.handle.ref,
      timeout: String(TIMEOUT_SECONDS),
      count: 1,
    });
    condition.node.addDependency(dependency);
    return condition;
  }
}
