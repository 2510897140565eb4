import { describeLab } from "../describe-lab";
import { GateLab, hoursAgo } from "./gate-lab";
import { succeeded } from "./run-step";

const cutoverRun = "r20261206-010000-cut1";
const rollbackRun = "r20261206-020000-back";
const signoffRun = "r20261213-020000-sign";

describeLab("The gate, the records and what reads them", () => {
  let lab: GateLab;

  beforeAll(async () => {
    lab = await GateLab.start();
  });

  beforeEach(async () => {
    await lab.forget();
    await lab.point("source");
    await lab.rehearsed();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  describe("the gate", () => {
    test("lets a rehearsed cutover begin, and predicts the outage for today's size", async () => {
      const found = await lab.gate("", 2);
      expect(found).toMatchObject({
        status: "succeeded",
        rehearsal: "r20261205-010000-abcd",
        // Twice the rehearsal's 600 s, rounded up, 5 s for work in flight, and 60 s for fence and switch.
        predictedOutageSeconds: 1266,
        windowSecondsLeft: 4 * 3600,
        databaseBytes: 2 * 1024 ** 3,
        overridden: [],
      });
    });

    test.each([
      ["is of another database", { database: "billing" }, /of the database billing, not of tracker/],
      ["is of another source", { source: "i-0abc:5432" }, /of the source i-0abc:5432, not of /],
      ["failed", { outcome: "failed" }, /r20261205-010000-abcd, failed/],
      ["is too old", { finishedAt: hoursAgo(200) }, /is 200 hours old; cutover.rehearsalMaxAgeHours is 168/],
      ["cannot be read", { seconds: null }, /cannot be read/],
    ])("refuses where the last rehearsal %s, and says so", async (_, changes, why) => {
      await lab.rehearsed(changes);
      expect(await lab.gate()).toMatchObject({
        status: "failed",
        code: "no-rehearsal",
        message: expect.stringMatching(why),
        remedy: expect.stringMatching(/cutover rehearse.*--allow no-rehearsal/),
      });
    });

    test("refuses without any rehearsal, and begins without one where that is allowed by its name alone", async () => {
      await lab.forget();
      expect(await lab.gate("window")).toMatchObject({ code: "no-rehearsal" });
      expect(await lab.gate("no-rehearsal")).toMatchObject({
        status: "succeeded",
        rehearsal: null,
        predictedOutageSeconds: null,
        overridden: ["no-rehearsal"],
      });
    });

    test("refuses an outage that does not fit in the window, and names both", async () => {
      await lab.rehearsed({ seconds: 14_400 });
      expect(await lab.gate("no-rehearsal")).toMatchObject({
        code: "window",
        message: "The outage may last 14466 s; the maintenance window has 14400 s left.",
        remedy: expect.stringMatching(/maintenanceWindow\.hours.*--allow window/),
      });
      expect(await lab.gate("no-rehearsal,window")).toMatchObject({
        status: "succeeded",
        overridden: ["window"],
      });
    });

    test("counts from the window's own beginning where it has one, and knows one not begun from one that is over", async () => {
      await lab.deploy({ hours: 1, startsAt: hoursAgo(-2) });
      const early = await lab.gate();
      await lab.deploy({ hours: 1, startsAt: hoursAgo(3) });
      const late = await lab.gate();
      await lab.deploy({ hours: 4, startsAt: hoursAgo(3) });
      const inTime = await lab.gate();
      await lab.deploy({ hours: 4 });
      expect(early).toMatchObject({
        code: "window",
        message: expect.stringMatching(/has not begun: .* in 1(19|20) min/),
      });
      expect(late).toMatchObject({
        code: "window",
        message: expect.stringMatching(/is over: .* 120 minutes ago/),
      });
      expect(inTime["windowSecondsLeft"]).toBeGreaterThan(3400);
      expect(inTime["windowSecondsLeft"]).toBeLessThanOrEqual(3600);
    });

    test("refuses after a switch and after a signoff, whatever is allowed", async () => {
      await lab.point("target");
      expect(await lab.gate("no-rehearsal,window")).toMatchObject({
        code: "already-switched",
        remedy: expect.stringMatching(/cutover rollback.*cutover signoff/),
      });
      await lab.write("signoff.json", { run: signoffRun, cutoverRun, database: "tracker" });
      expect(await lab.gate("no-rehearsal,window")).toMatchObject({ code: "signed-off" });
    });

    test("changes nothing", async () => {
      const before = await lab.records();
      await lab.gate();
      await lab.gate("window", 1000);
      expect(await lab.records()).toBe(before);
    });
  });

  describe("a record", () => {
    test("of a rehearsal that no automation ran holds each step's seconds from both hosts, and the gate goes by their sum", async () => {
      const run = "r20261205-030000-reh1";
      const size = 1024 ** 3;
      const results = { lock: 1, "inspect-target": 2, restore: 300, "start-workers": 20 };
      for (const [step, seconds] of Object.entries(results)) {
        await lab.write(`${run}/results/${step}.json`, { step, seconds });
      }
      await lab.relayResults(run, [
        { step: "inspect-source", seconds: 3, databaseBytes: size, versions: { postgresql: "17.11" } },
        { step: "dump", seconds: 80 },
      ]);
      const { record } = await lab.step("record-rehearsal", run);
      expect(record).toMatchObject({
        kind: "rehearsal",
        run,
        database: "tracker",
        outcome: "succeeded",
        databaseBytes: size,
        steps: { dump: 80, restore: 300, "start-workers": 20 },
        seconds: 400,
        versions: { source: { postgresql: "17.11" } },
      });
      expect(await lab.read("rehearsal.json")).toEqual(record);
      expect(await lab.relayed(`runs/${run}/target/rehearsal.json`)).toEqual(record);
      expect(await lab.gate()).toMatchObject({ rehearsal: run, predictedOutageSeconds: 466 });
    });

    test("of a cutover says when it switched, what it replaced, and how long the application waited", async () => {
      await recordCutover();
      expect(await lab.read("cutover.json")).toMatchObject({
        kind: "cutover",
        run: cutoverRun,
        switchedAt: "2026-12-06T01:20:30.250Z",
        previousVersion: "before",
        fencedAt: "2026-12-06T01:10:00Z",
        outageSeconds: 630,
      });
    });

    test("is written again, and the same, by a step that is run twice", async () => {
      await recordCutover();
      const before = await lab.read("cutover.json");
      await lab.step("record-cutover", cutoverRun);
      expect(await lab.read("cutover.json")).toEqual(before);
      expect(await lab.records()).toBe("cutover.json rehearsal.json");
    });

    test("of a rollback takes the cutover's place, so that a second cutover may begin", async () => {
      await recordCutover();
      await lab.relayResults(rollbackRun, [
        { step: "apply-writes", status: "succeeded", writesApplied: 7, conflictRows: 1 },
      ]);
      await lab.write(`${rollbackRun}/results/save-writes.json`, { step: "save-writes", writesSaved: 8 });
      const { record } = await lab.step("record-rollback", rollbackRun, { CutoverRunId: cutoverRun });
      expect(record).toMatchObject({
        kind: "rollback",
        cutoverRun,
        writesSaved: 8,
        carried: true,
        writesApplied: 7,
        conflictRows: 1,
      });
      expect(await lab.records()).toBe(`cutover-${cutoverRun}-rolled-back.json rehearsal.json rollback.json`);
      expect(await lab.gate()).toEqual(succeeded);
    });

    test("of a signoff says what may be taken down, and ends rollback, signoff and cutover", async () => {
      await recordCutover();
      await lab.point("target", `timescale-cutover-${cutoverRun}`);
      const { record } = await lab.step("record-signoff", signoffRun, {
        CutoverRunId: cutoverRun,
        ExecutionId: "00000000-0000-0000-0000-000000000000",
      });
      expect(record).toMatchObject({ kind: "signoff", cutoverRun, cutover: { run: cutoverRun } });
      const { decommission } = record as { decommission: string[] };
      expect(decommission.join("\n")).toMatch(
        /DROP DATABASE tracker.*backups[^]*timescale-cutover-prod-runbook/,
      );
      expect(await rollbackOf(cutoverRun)).toMatchObject({ code: "signed-off" });
      expect(await lab.gate()).toMatchObject({ code: "signed-off" });
    });
  });

  describe("a rollback", () => {
    test("may begin for the run whose version of the secret is current, with or without its record", async () => {
      await lab.point("target", `timescale-cutover-${cutoverRun}`);
      expect(await rollbackOf(cutoverRun)).toMatchObject({
        status: "succeeded",
        cutoverRun,
        recorded: false,
      });
    });

    test("may begin for the recorded run where the secret was rotated since", async () => {
      await recordCutover();
      await lab.point("target");
      expect(await rollbackOf(cutoverRun)).toMatchObject({ status: "succeeded", recorded: true });
    });

    test("is refused with nothing to roll back, and says how a fenced source is opened", async () => {
      expect(await rollbackOf(cutoverRun)).toMatchObject({
        code: "nothing-to-roll-back",
        remedy: expect.stringMatching(/cutover reopen/),
      });
    });

    test("is refused for another run than the one that switched, which it names", async () => {
      await lab.point("target", `timescale-cutover-${cutoverRun}`);
      expect(await rollbackOf("r20261201-010000-othr")).toMatchObject({
        code: "wrong-run",
        remedy: `Name run ${cutoverRun}.`,
      });
    });

    test("is refused where no run is known to have switched", async () => {
      await lab.point("target");
      expect(await rollbackOf(cutoverRun)).toMatchObject({ code: "wrong-run" });
    });
  });

  function rollbackOf(run: string) {
    return lab.step("inspect-rollback", rollbackRun, { CutoverRunId: run });
  }

  async function recordCutover(): Promise<void> {
    await lab.relayResults(cutoverRun, [{ step: "fence-source", fencedAt: "2026-12-06T01:10:00Z" }]);
    await lab.write(`${cutoverRun}/results/switch.json`, {
      step: "switch",
      switchedAt: "2026-12-06T01:20:30.250Z",
      previousVersion: "before",
    });
    await lab.step("record-cutover", cutoverRun);
  }
});
