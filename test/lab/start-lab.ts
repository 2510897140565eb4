import { environments } from "../../bin/environments";
import { synthesizeHost } from "../../lib/host/synthesize";
import { Lab, type LabOptions } from "../../lib/lab/lab";
import { deployHost } from "../../lib/lab/rehearsal/deploy-host";
import { targetEnvironment } from "../../lib/lab/rehearsal/lab-environment";

/** What the target of the tests boots with: prod's host stack. */
export const provisionTarget: LabOptions["provisionTarget"] = (facts, aws) => {
  const environment = targetEnvironment(environments.prod, facts);
  return deployHost(environment, synthesizeHost(environment), aws);
};

/** A lab with a target of prod's environment, on the root that TIMESCALE_CUTOVER_ROOTFS names, or the lab's own image. */
export function startLab(options: Partial<LabOptions> = {}): Promise<Lab> {
  const rootfs = process.env["TIMESCALE_CUTOVER_ROOTFS"];
  const { region, account } = environments.prod.aws;
  return Lab.start({
    ...{ region, account, provisionTarget, targetVolumeMb: 1024, log: () => undefined },
    ...(rootfs !== undefined && { rootfs }),
    ...options,
  });
}
