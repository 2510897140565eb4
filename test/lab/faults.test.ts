import { join } from "node:path";
import { secondsAlone } from "../harness/unhurried";
import { executeCells, LOST_SCRIPT_SECONDS } from "../../lib/lab/faults/execution";
import type { CellResult } from "../../lib/lab/faults/cell";
import { faultName } from "../../lib/lab/faults/fault";
import { FaultInjector } from "../../lib/lab/faults/injector";
import { matrix } from "../../lib/lab/faults/matrix";
import { runbookSteps } from "../../lib/lab/faults/runbook-steps";
import { archiveOldHost } from "../../lib/lab/rehearsal/old-host-archiving";
import type { RehearsalLab } from "../../lib/lab/rehearsal/rehearsal-lab";
import { seedSample } from "../../lib/lab/seed/seed";
import { synthesizeRunbook } from "../../lib/runbook/synthesize";
import { describeLab } from "./describe-lab";
import { startRehearsalLab } from "./start-rehearsal-lab";

// `npm run faults` executes the whole matrix.
describeLab("A chosen part of the fault matrix", () => {
  let lab: RehearsalLab;
  let results: CellResult[];

  beforeAll(async () => {
    const injector = new FaultInjector();
    lab = await startRehearsalLab({
      onStep: injector.onStep,
      lostScriptSeconds: LOST_SCRIPT_SECONDS,
      targetVolumeMb: 4096,
    });
    const settings = { database: "tracker", ownership: "preserve", source: "managed" } as const;
    const environment = await lab.deploy(settings);
    await seedSample(lab.lab.hosts.source, { database: settings.database, sizeMb: 25 });
    await archiveOldHost(lab);
    const cells = matrix("ci", runbookSteps(synthesizeRunbook(environment), environment));
    const cutover = join(__dirname, "../../bin/lab-cutover.ts");
    const how = { cutover, injector, log: () => undefined, shows: "nothing" } as const;
    results = await executeCells(lab, cells, how);
  });

  afterAll(async () => {
    await lab?.stop();
  });

  it("keeps every promise: one truth, nothing lost, nothing left in the way", () => {
    expect(results.map(({ fault, broken }) => [faultName(fault), ...broken])).toEqual(
      results.map(({ fault }) => [faultName(fault)]),
    );
    expect(results).toHaveLength(3);
  });

  it("lets the application write again within two minutes, whatever went wrong", () => {
    const seconds = results.map(({ verification }) => verification.outage?.seconds ?? Infinity);
    expect(secondsAlone(Math.max(...seconds))).toBeLessThan(120);
  });
});
