import { environments } from "../../bin/environments";
import { synthesizeHost } from "../../lib/host/synthesize";
import { RehearsalLab, type RehearsalLabOptions } from "../../lib/lab/rehearsal/rehearsal-lab";
import { synthesizeRunbook } from "../../lib/runbook/synthesize";

/** A lab that rehearses prod, on the root that TIMESCALE_CUTOVER_ROOTFS names, or the lab's own image. */
export function startRehearsalLab(options: Partial<RehearsalLabOptions> = {}): Promise<RehearsalLab> {
  const rootfs = process.env["TIMESCALE_CUTOVER_ROOTFS"];
  return RehearsalLab.start({
    rehearsed: environments.prod,
    synthesize: synthesizeRunbook,
    synthesizeHost,
    log: () => undefined,
    ...(rootfs !== undefined && { rootfs }),
    ...options,
  });
}

/** Makes of a lab that is up what a test wants. Where that fails nobody else would take the lab down again. */
export async function prepared<Result>(lab: RehearsalLab, prepare: () => Promise<Result>): Promise<Result> {
  try {
    return await prepare();
  } catch (error) {
    await lab.stop();
    throw error;
  }
}
