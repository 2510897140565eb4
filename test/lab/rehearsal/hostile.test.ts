import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { seedHostile } from "../../../lib/lab/seed/seed";
import { describeLab } from "../describe-lab";
import {
  isCommunity,
  leftOnSource,
  managed,
  rehearse,
  runEveryJob,
  startLab,
  stateOfSource,
} from "./rehearsed";

describeLab("A rehearsal of a hostile database, with every kind of object", () => {
  let lab: RehearsalLab;
  let stateBefore: string;
  const database = `Träcker "x" o'k $1 \\ %`;

  beforeAll(async () => {
    lab = await startLab();
    await seedHostile(lab.lab.hosts.source, { database });
    stateBefore = await stateOfSource(lab);
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("with --ownership preserve succeeds with no relation and no catalog line that differs", async () => {
    await lab.deploy({ ...managed, database });
    const { code, report, stderr } = await rehearse(lab);
    expect(report.fingerprint ?? stderr).toMatchObject({
      differentRelations: [],
      differentCatalogLines: [],
    });
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: "succeeded" });
    expect(await leftOnSource(lab)).toBe("");
    const jobs = await runEveryJob(lab, database);
    expect(jobs.length).toBeGreaterThanOrEqual((await isCommunity(lab)) ? 10 : 0);
    expect(await stateOfSource(lab)).toBe(stateBefore);
  });

  test("with --ownership reassign differs in owners and what follows from them alone", async () => {
    await lab.deploy({ ...managed, database, ownership: "reassign", owner: `Owner "O'Neil" – Größe` });
    const { report, stderr } = await rehearse(lab);
    expect(report.fingerprint?.differentRelations ?? stderr).toEqual([]);
    const lines = report.fingerprint?.differentCatalogLines ?? [];
    expect(lines.filter(({ expected }) => !expected)).toEqual([]);
    expect(lines.length).toBeGreaterThan(10);
    expect(report.outcome).toBe("succeeded");
  });
});
