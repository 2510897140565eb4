import type { Application } from "../../../lib/lab/application/application";
import { readSecret } from "../../../lib/lab/rehearsal/aws-contents";
import { continueApplication, startApplication } from "../../../lib/lab/rehearsal/lab-application-run";
import { Migration } from "../../../lib/lab/rehearsal/migration";
import { archiveOldHost } from "../../../lib/lab/rehearsal/old-host-archiving";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { type StoryEnd, tellStory } from "../../../lib/lab/rehearsal/story";
import { verify } from "../../../lib/lab/rehearsal/verification";
import { seedSample } from "../../../lib/lab/seed/seed";
import { join } from "node:path";
import { describeLab } from "../describe-lab";
import { startRehearsalLab } from "../start-rehearsal-lab";

const cutover = join(__dirname, "../../../bin/lab-cutover.ts");

describeLab("A cutover and its rollback, with an application that writes all along,", () => {
  let lab: RehearsalLab;
  let application: Application;
  let secretBefore: Record<string, unknown>;
  let end: StoryEnd;
  const options = () => ({ lab, application, cutover, carryWrites: true, shows: "nothing" as const });
  const secretNow = async () =>
    JSON.parse(await readSecret(lab.aws, lab.environment.application.secretName)) as Record<string, unknown>;

  beforeAll(async () => {
    lab = await startRehearsalLab({
      targetVolumeMb: 4096,
    });
    await lab.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
    await seedSample(lab.lab.hosts.source, { database: "tracker", sizeMb: 25 });
    await archiveOldHost(lab);
    application = await startApplication(lab);
    secretBefore = await secretNow();
    end = await tellStory({ ...options(), rollback: true, drill: false, log: () => undefined });
  });

  afterAll(async () => {
    await lab?.stop();
  });

  it("end with the source as the one truth, every acknowledged row on it", () => {
    expect(end.broken).toEqual([]);
    expect(end.verification).toMatchObject({ truth: "source", writable: ["source"], missing: [] });
    const hosts = new Set(application.acknowledged().map(({ host }) => host));
    expect(hosts).toEqual(new Set([lab.lab.hosts.source.address, lab.lab.hosts.target.address]));
  });

  it("are told by a report that has what only the application knows", () => {
    expect(end.report).toMatchObject({
      outcome: "succeeded",
      truth: "source",
      acknowledgedRows: application.acknowledged().length,
      missingRows: 0,
      outage: {
        startedAt: expect.any(String),
        endedAt: expect.any(String),
        seconds: expect.any(Number),
        roundTrips: expect.any(Number),
      },
      writes: { conflicts: [] },
    });
    expect(end.report?.["writesSaved"]).toBeGreaterThan(50);
  });

  it("archive and back up the target as soon as it is the truth, and never stop the old server's archiving", () => {
    expect(end.report?.["archiving"]).toMatchObject({
      targetSegmentArrived: true,
      sourceArchivingHealthy: true,
      fullBackups: [{ repository: 3 }, { repository: 2 }],
      drill: null,
    });
  });

  it("leave the secret as it was, the keys too that are other people's", async () => {
    expect(await secretNow()).toEqual(secretBefore);
  });

  it("are nothing that a neighbouring database, or a session that writes there all along, would notice", () => {
    expect(end.neighbour).toMatchObject({ untouched: true, session: { undisturbed: true } });
    expect(end.neighbour?.session?.writes).toBeGreaterThan(50);
  });

  it("leave behind, without --carry-writes, exactly the rows that were saved", async () => {
    application = await continueApplication(lab);
    const migration = new Migration({ ...options(), carryWrites: false });
    expect(await migration.cutover()).toMatchObject({ exitCode: 0, report: { truth: "target" } });
    await migration.writesAgain("target");
    expect(await secretNow()).toEqual({ ...secretBefore, host: lab.lab.hosts.target.address });
    const rolledBack = await migration.rollback();
    expect(rolledBack.exitCode).toBe(0);
    await migration.writesAgain("source");
    await application.stop();
    const { missing } = await verify(migration, rolledBack.startedAt, "source");
    expect(missing.length).toBeGreaterThan(10);
    expect(rolledBack.report).toMatchObject({
      writes: {
        relations: expect.arrayContaining([
          expect.objectContaining({ name: "lab.tracker_write", rows: missing.length }),
        ]),
      },
    });
  });
});
