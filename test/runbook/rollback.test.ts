import { SynthesizedAutomation } from "./automation";
import { everythingConfigured, prodWith } from "./environment";

describe("the Rollback", () => {
  const rollback = new SynthesizedAutomation("Rollback", prodWith());
  const afterTheSwitch = rollback.between("reopenSource", "recordRollback");

  test("goes from lock to unlock in the design's order", () => {
    expect(rollback.whenAllSucceed({ whetherToCarry: "applyWrites" })).toEqual([
      "findTarget",
      "lock",
      "inspectRollback",
      "fenceTarget",
      "proveQuietTarget",
      "changedDefinitions",
      "saveWrites",
      "whetherToCarry",
      "applyWrites",
      "proveQuietTargetAgain",
      "switchBack",
      "settleBack",
      "reopenSource",
      "smokeTestSource",
      "reopenSourceLast",
      "recordRollback",
      "releaseSource",
      "unlock",
    ]);
  });

  test("saves the writes always, and applies them only with CarryWrites", () => {
    expect(rollback.graph.surelySucceededBefore("saveWrites", "switchBack")).toBe(true);
    expect(rollback.step("whetherToCarry").inputs).toEqual({
      Choices: [{ Variable: "{{ CarryWrites }}", StringEquals: "yes", NextStep: "applyWrites" }],
      Default: "proveQuietTargetAgain",
    });
  });

  test("from the fence until it switches back goes to reopenTarget at every failure and every cancel", () => {
    for (const step of rollback.between("fenceTarget", "proveQuietTargetAgain")) {
      // What it lists is for people to read.
      const onFailure = step === "changedDefinitions" ? "Continue" : "reopenTarget";
      expect(rollback.afterTrouble(step)).toEqual({ onFailure, onCancel: "reopenTarget" });
    }
  });

  test("opens the source only where the secret names it, and the target only where it names that", () => {
    const source = ["settleBack -> reopenSource", "settleBackAgain -> reopenSource"];
    const target = ["settleBackOnTarget -> reopenTarget", "settleBackOnTargetAgain -> reopenTarget"];
    expect(rollback.reachedFrom("switchBack", source)).not.toContain("reopenSource");
    expect(rollback.reachedFrom("switchBack", target)).not.toContain("reopenTarget");
    expect(rollback.reachedFrom("switchBack", source)).toContain("reopenTarget");
    expect(rollback.reachedFrom("switchBack", target)).toContain("reopenSource");
  });

  test("asks the secret what the switch came to, whether it succeeded, failed or was cancelled", () => {
    expect(rollback.afterTrouble("switchBack")).toEqual({ onFailure: "settleBack", onCancel: "settleBack" });
    const looks = ["settleBack", "settleBackOnTarget", "settleBackOnTargetAgain", "settleBackAgain"];
    expect(looks.map((step) => rollback.afterTrouble(step))).toEqual(
      [...looks.slice(1), "releaseSource"].map((next) => ({ onFailure: next, onCancel: next })),
    );
  });

  test("never goes forward again after it has switched back: nothing leads from there to reopenTarget", () => {
    expect(rollback.reachedFrom("reopenSource")).toEqual(
      new Set([...afterTheSwitch, "reopenSourceAgain", "releaseSource", "unlock"]),
    );
  });

  test("after it has switched back tries every step three times and goes on whatever it came to", () => {
    for (const step of afterTheSwitch) {
      expect(rollback.step(step)).toMatchObject({ maxAttempts: 3, isCritical: true });
    }
  });

  test("a cancel opens the source all the same", () => {
    expect(rollback.afterTrouble("reopenSource")).toEqual({
      onFailure: "Continue",
      onCancel: "reopenSourceAgain",
    });
  });

  test("opens a source that was switched away from, which nothing else but a Reopen that says so does", () => {
    for (const step of ["reopenSource", "reopenSourceAgain"]) {
      expect(rollback.step(step).inputs).toMatchObject({ Parameters: { Rollback: ["yes"] } });
    }
    const cutover = new SynthesizedAutomation("Cutover");
    expect(JSON.stringify(cutover.step("reopenSource"))).not.toContain("Rollback");
  });

  test("leads the application back by record, restart and health URLs where there are any", () => {
    const full = new SynthesizedAutomation("Rollback", everythingConfigured);
    expect(full.between("reopenSource", "smokeTestSource")).toEqual([
      "reopenSource",
      "pointDnsBack",
      "restartApplication",
      "checkHealth",
      "smokeTestSource",
    ]);
  });
});

describe("the Signoff", () => {
  const signoff = new SynthesizedAutomation("Signoff");

  test("refuses what a rollback refuses before it writes the record", () => {
    expect(signoff.names).toEqual([
      "findTarget",
      "lock",
      "inspectRollback",
      "lookAtSource",
      "recordSignoff",
      "unlock",
    ]);
    expect(signoff.afterTrouble("inspectRollback")).toEqual({ onFailure: "unlock", onCancel: "unlock" });
  });
});

describe("the Reopen", () => {
  const reopen = new SynthesizedAutomation("Reopen");

  test("is one step without a lock, for the run that fenced may hang", () => {
    expect(reopen.names).toEqual(["findTarget", "reopenSource"]);
    expect(reopen.step("reopenSource")).toMatchObject({ maxAttempts: 3, isEnd: true });
  });
});
