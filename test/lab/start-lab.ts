import { environments } from "../../bin/environments";
import { synthesizeHost } from "../../lib/host/synthesize";
import { Lab, type LabOptions } from "../../lib/lab/lab";
import { deployHost } from "../../lib/lab/rehearsal/deploy-host";
import { instanceIdsOf, targetEnvironment } from "../../lib/lab/rehearsal/lab-environment";
import { bootedHosts } from "../harness/booted-hosts";
import { takePlace } from "../harness/lab-places";
import { moved } from "../harness/progress";

/** What the target of the tests boots with: prod's host stack. */
export const provisionTarget: LabOptions["provisionTarget"] = (facts, aws) => {
  const environment = targetEnvironment(environments.prod, facts);
  return deployHost(environment, synthesizeHost(environment), aws);
};

/** What every lab of the tests has: the root that TIMESCALE_CUTOVER_ROOTFS names, or the lab's own image. */
export function commonOptions(): Pick<LabOptions, "rootfs" | "log"> {
  const rootfs = process.env["TIMESCALE_CUTOVER_ROOTFS"];
  return { log: moved, ...(rootfs !== undefined && { rootfs }) };
}

/** A lab whose hosts are made new, and whose target boots for the first time: with prod's environment, in order. */
export async function startNewLab(options: Partial<LabOptions> = {}): Promise<Lab> {
  await takePlace();
  const { prod } = environments;
  const { region, account } = prod.aws;
  const instanceIds = instanceIdsOf(prod);
  return Lab.start({ ...{ region, account, instanceIds, provisionTarget }, ...commonOptions(), ...options });
}

/** A lab whose hosts have booted once before: they start from this run's snapshot of them. */
export async function startLab(options: Partial<LabOptions> = {}): Promise<Lab> {
  await takePlace();
  return startNewLab({ from: await snapshot(), ...options });
}

/** The hosts that booted once for all labs of this run. */
export function snapshot(): Promise<string> {
  return bootedHosts(async (directory) => {
    const lab = await startNewLab();
    try {
      await lab.snapshot(directory);
    } finally {
      await lab.stop();
    }
  });
}
