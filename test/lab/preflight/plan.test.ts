import type { Environment } from "../../../lib/config/environment";
import { signoffChecklist } from "../../../lib/checks/signoff-checklist";
import { sourceIdentity } from "../../../lib/runbook/source-identity";
import { GateLab, hoursAgo, type Window } from "../cutover/gate-lab";
import { describeLab } from "../describe-lab";
import type { Verdict } from "./target-lab";

const gibibyte = 1024 ** 3;
const inTwoHours: Window = { hours: 4, startsAt: hoursAgo(-2) };

/** What a check says: its verdict, and of its finding what matters. */
type Expected = [id: string, verdict: Verdict["verdict"], finding: RegExp];

describeLab("Preflight's checks of the plan", () => {
  let lab: GateLab;
  let runs = 0;
  let said = new Map<string, Verdict>();

  beforeAll(async () => {
    lab = await GateLab.start();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  /** Runs check-plan on a run of its own, for a source of so many GiB today, as inspect-source told here or by the relay. */
  async function check({ gib = 1, told = "relay" as "relay" | "here" | "nowhere" } = {}): Promise<void> {
    const run = `r20261121-000000-pl${String(runs++).padStart(2, "0")}`;
    const result = { step: "inspect-source", databaseBytes: gib * gibibyte };
    if (told === "relay") await lab.relayResults(run, [result]);
    if (told === "here") await lab.write(`${run}/inspect-source.json`, result);
    const { checks } = await lab.step("check-plan", run);
    said = new Map((checks as Verdict[]).map((verdict) => [verdict.id, verdict]));
  }

  function expectSaid([id, verdict, finding]: Expected): void {
    expect(said.get(id)).toMatchObject({ id, verdict, finding: expect.stringMatching(finding) });
  }

  describe("that is rehearsed, scheduled and filled in", () => {
    beforeAll(async () => {
      await lab.deploy(inTwoHours, filledIn);
      await lab.rehearsed({ source: sourceIdentity(filledIn(lab.rehearsal.environment)) });
      await check({ gib: 2, told: "here" });
    });

    it.each<Expected>([
      [
        "plan-rehearsal",
        "pass",
        /^Rehearsal r20261205-010000-abcd succeeded 1 hours ago, in 600 s for 1024 MiB/,
      ],
      ["plan-outage", "pass", /^The outage may last 1266 s of the window's 14400 s: .* tracker has 2048 MiB/],
      // 14400 s, less the rollback's 65 and the outage's 1266.
      ["plan-rollback", "pass", /is to be decided by \d{4}-\S+Z: after the switch 13069 s are left/],
      [
        "plan-window",
        "pass",
        /^The maintenance window begins at \S+, in 1(1\d|20) minutes, and lasts 14400 s/,
      ],
      ["plan-not-switched", "pass", /^No cutover of tracker has switched/],
      ["plan-placeholders", "pass", /^No value of the environment is a placeholder/],
    ])("%s passes", (...expected) => expectSaid(expected));

    it("plan-checklist warns all the same: of the plan's checklist it names what only people can confirm", () => {
      const left = signoffChecklist.flatMap(({ leftToPeople }) => leftToPeople ?? []);
      expect(said.get("plan-checklist")).toMatchObject({
        verdict: "warn",
        finding: `Left to people, of the plan's signoff checklist: ${left.join("; ")}.`,
      });
    });
  });

  describe("where nothing is", () => {
    beforeAll(async () => {
      await lab.deploy({ hours: 4 });
      await lab.forget();
      await lab.write("cutover.json", {
        run: "r20261206-010000-cut1",
        database: "tracker",
        switchedAt: "2026-12-06T01:20:30Z",
      });
      await check();
    });

    it.each<Expected>([
      ["plan-rehearsal", "fail", /^No rehearsal on this target has succeeded\.$/],
      ["plan-outage", "fail", /could not be made: plan-rehearsal failed/],
      ["plan-rollback", "fail", /could not be made: plan-rehearsal failed/],
      [
        "plan-window",
        "warn",
        /startsAt is not set: the window of 14400 s begins whenever the cutover is started/,
      ],
      [
        "plan-not-switched",
        "fail",
        /^Cutover r20261206-010000-cut1 switched at 2026-12-06T01:20:30Z and was not/,
      ],
      [
        "plan-placeholders",
        "warn",
        /placeholders: prod\.aws\.account; prod\.source\.instanceId; .* and \d+ more\.$/,
      ],
    ])("%s says so (%s)", (...expected) => expectSaid(expected));
  });

  it("refuses a rehearsal by the gate's own words", async () => {
    await lab.deploy({ hours: 4 });
    await lab.rehearsed({ finishedAt: hoursAgo(200) });
    await check();
    expectSaid(["plan-rehearsal", "fail", /is 200 hours old; cutover\.rehearsalMaxAgeHours is 168\.$/]);
    await lab.point("source");
    const { message } = await lab.gate();
    expect(said.get("plan-rehearsal")?.finding).toBe(message);
  });

  it("refuses an outage that does not fit in the window, or in what is left of it", async () => {
    await lab.forget();
    await lab.rehearsed({ seconds: 14_400 });
    await lab.deploy(inTwoHours);
    await check();
    expectSaid([
      "plan-outage",
      "fail",
      /^The outage may last 14466 s; the maintenance window has 14400 s left\./,
    ]);
    expectSaid(["plan-rollback", "warn", /the window has no room for a rollback, which takes about 65 s/]);
    await lab.rehearsed({ seconds: 3600 });
    await lab.deploy({ hours: 4, startsAt: hoursAgo(3.5) });
    await check();
    expectSaid([
      "plan-outage",
      "fail",
      /^The outage may last 3666 s; the maintenance window has 1[78]\d\d s left\./,
    ]);
    expectSaid(["plan-window", "pass", /^The maintenance window is running: .* 1[78]\d\d s are left/]);
  });

  it("refuses a window that is over, and a move that was signed off", async () => {
    await lab.deploy({ hours: 1, startsAt: hoursAgo(3) });
    await lab.rehearsed();
    await lab.write("signoff.json", {
      run: "r20261213-020000-sign",
      cutoverRun: "r20261206-010000-cut1",
      database: "tracker",
    });
    await check();
    expectSaid(["plan-window", "fail", /^The maintenance window is over: it ended 120 minutes ago/]);
    expectSaid(["plan-not-switched", "fail", /signed off by run r20261213-020000-sign: it is over\.$/]);
  });

  it("cannot predict the outage where the source has told no size of today", async () => {
    await lab.deploy(inTwoHours);
    await lab.forget();
    await lab.rehearsed();
    await check({ told: "nowhere" });
    expectSaid(["plan-outage", "fail", /could not be made: today's size of tracker is not known: .*relay/]);
  });
});

/** The lab's environment without what is still the example's in it. */
function filledIn(environment: Environment): Environment {
  const text = JSON.stringify(environment)
    .replaceAll("placeholder", "our")
    .replaceAll("111122223333", "210987654321")
    .replaceAll(/-0(a{16}|b{16})/g, "-0a1b2c3d4e5f60718");
  return JSON.parse(text) as Environment;
}
