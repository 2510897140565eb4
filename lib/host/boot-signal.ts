import { CfnWaitCondition } from "aws-cdk-lib";
import { Construct, type IDependable } from "constructs";

/** The boot takes minutes; half an hour lets a slow package source end by its own error, not by this one. */
const TIMEOUT = "PT30M";

/** The logical id of the resource that the boot signals. */
export const BOOT_SIGNAL = "BootSignal";

/**
 * The stack's own resource that waits for the boot: a deployment that creates the host fails where the boot does. One
 * that is begun again waits for a new signal; a handle would keep the old FAILURE.
 */
export class BootSignal extends Construct {
  /** @param after what must be there when the time begins to run */
  constructor(scope: Construct, id: string, after: IDependable) {
    super(scope, id);
    const condition = new CfnWaitCondition(this, "Condition");
    condition.cfnOptions.creationPolicy = { resourceSignal: { count: 1, timeout: TIMEOUT } };
    condition.overrideLogicalId(BOOT_SIGNAL);
    condition.node.addDependency(after);
  }
}
