import type { RehearsalParts } from "../rehearsal/command-line";
import { environmentNamed } from "../rehearsal/bad-input";
import { RehearsalLab } from "../rehearsal/rehearsal-lab";
import { archiveAsPlanned } from "../rehearsal/run-preflight";
import { seedSource } from "../rehearsal/seed-source";
import { executeCells, LOST_SCRIPT_SECONDS } from "./execution";
import type { Fault } from "./fault";
import { FaultInjector } from "./injector";
import type { FaultsOptions } from "./options";
import { type FaultRow, rowsOf } from "./table";

const TARGET_VOLUME_MB = 4096;

/** What the lab of a fault matrix is deployed with. */
export const settings = { database: "tracker", ownership: "preserve", source: "managed" } as const;

/** Executes the cells one after another in a lab of this process; those that it could not get to have no row. */
export async function executeInOneLab(
  cells: readonly Fault[],
  options: FaultsOptions,
  { environments, synthesize, synthesizeHost, cutover, stderr }: RehearsalParts,
): Promise<FaultRow[]> {
  const log = (line: string) => void stderr.write(`lab: ${line}\n`);
  const injector = new FaultInjector();
  const lab = await RehearsalLab.start({
    rehearsed: environmentNamed({ env: options.env, database: settings.database }, environments),
    ...{ synthesize, synthesizeHost, log, onStep: injector.onStep },
    endpointLog: options.verbose ? log : () => {},
    lostScriptSeconds: LOST_SCRIPT_SECONDS,
    targetVolumeMb: TARGET_VOLUME_MB,
    ...(options.rootfs !== undefined && { rootfs: options.rootfs }),
  });
  try {
    await lab.deploy(settings);
    await seedSource(lab.lab.hosts.source, { ...settings, size: options.size }, log);
    await archiveAsPlanned(lab, log);
    const shows = options.verbose ? "progress" : "nothing";
    return rowsOf(await executeCells(lab, cells, { cutover, injector, log, shows }));
  } finally {
    await lab.stop();
  }
}
