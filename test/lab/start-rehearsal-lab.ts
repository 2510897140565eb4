import { environments } from "../../bin/environments";
import { synthesizeHost } from "../../lib/host/synthesize";
import { RehearsalLab, type RehearsalLabOptions } from "../../lib/lab/rehearsal/rehearsal-lab";
import { synthesizeRunbook } from "../../lib/runbook/synthesize";
import { takePlace } from "../harness/lab-places";
import { moved } from "../harness/progress";
import { commonOptions, snapshot } from "./start-lab";

/**
 * A lab that rehearses prod. Its hosts start from this run's snapshot, unless the environment is another one: then its
 * target boots with other user data.
 */
export async function startRehearsalLab(options: Partial<RehearsalLabOptions> = {}): Promise<RehearsalLab> {
  await takePlace();
  return RehearsalLab.start({
    ...{ rehearsed: environments.prod, synthesize: synthesizeRunbook, synthesizeHost },
    ...commonOptions(),
    endpointLog: moved,
    ...(options.rehearsed === undefined && { from: await snapshot() }),
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
