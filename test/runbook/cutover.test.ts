import { SynthesizedAutomation } from "./automation";
import { everythingConfigured, networkSource, prodWith } from "./environment";

/** Those of preflight's steps that a cutover has before its gate, which looks at the plan itself. */
const checks = ["checkSource", "checkDatabase", "checkTarget", "checkRepository", "checkAws"];

describe("the Cutover", () => {
  const cutover = new SynthesizedAutomation("Cutover", prodWith({ ownership: { mode: "preserve" } }));
  const afterTheSwitch = cutover.between("retireSource", "recordCutover");

  test("goes from lock to unlock in the design's order", () => {
    expect(cutover.whenAllSucceed({})).toEqual([
      "findTarget",
      "lock",
      "inspectSource",
      "inspectTarget",
      "inspectApplication",
      ...checks,
      "gate",
      "approve",
      "closeTarget",
      "prepareStanza",
      "gateAgain",
      "fenceSource",
      "proveQuiet",
      "holdSnapshot",
      "dump",
      "fingerprintSource",
      "releaseSnapshot",
      "sendDump",
      "fetchDump",
      "prepareRoles",
      "prepareDatabase",
      "stopArchiving",
      "restore",
      "fingerprintTarget",
      "compare",
      "startArchiving",
      "baseline",
      "proveQuietAgain",
      "activate",
      "logIn",
      "switch",
      "settle",
      "retireSource",
      "smokeTest",
      "startWorkers",
      "fullBackup",
      "recordCutover",
      "releaseSource",
      "unlock",
    ]);
  });

  test("runs the rehearsal's own documents from the snapshot to the comparison", () => {
    const rehearsal = new SynthesizedAutomation("Rehearsal", cutover.environment);
    const copied = (automation: SynthesizedAutomation) =>
      automation.between("holdSnapshot", "compare").map((name) => automation.step(name).inputs);
    expect(copied(cutover)).toEqual(copied(rehearsal));
  });

  test("makes preflight's checks before the gate, on the documents that Preflight runs, and goes no further where one fails", () => {
    const preflight = new SynthesizedAutomation("Preflight", cutover.environment);
    for (const check of checks) {
      const { DocumentName, InstanceIds } = inputsOf(cutover, check);
      expect(inputsOf(preflight, check)).toMatchObject({ DocumentName, InstanceIds });
      expect(cutover.afterTrouble(check)).toEqual({ onFailure: "releaseSource", onCancel: "releaseSource" });
      for (const step of ["gate", "approve", "closeTarget", "fenceSource"]) {
        expect(cutover.graph.surelySucceededBefore(check, step)).toBe(true);
      }
    }
    expect(cutover.reachedFrom("releaseSource")).not.toContain("fenceSource");
  });

  test("hands what the operator allows to every check and to the gate", () => {
    for (const step of [...checks, "gate"]) {
      expect(inputsOf(cutover, step)).toMatchObject({ Parameters: { Allow: ["{{ Allow }}"] } });
    }
  });

  test("changes nothing before the gate was passed and somebody approved", () => {
    for (const step of ["closeTarget", "fenceSource", "prepareDatabase", "switch"]) {
      expect(cutover.graph.surelySucceededBefore("gate", step)).toBe(true);
      expect(cutover.graph.surelySucceededBefore("approve", step)).toBe(true);
    }
  });

  test("has nothing to reopen before the fence: a failure and a cancel lead to releaseSource", () => {
    for (const step of cutover.between("inspectSource", "closeTarget")) {
      expect(cutover.afterTrouble(step)).toEqual({ onFailure: "releaseSource", onCancel: "releaseSource" });
    }
  });

  test("from the fence to the second proof of quiet goes to reopenSource at every failure and every cancel", () => {
    for (const step of cutover.between("fenceSource", "proveQuietAgain")) {
      expect(cutover.afterTrouble(step)).toEqual({ onFailure: "reopenSource", onCancel: "reopenSource" });
    }
  });

  test("closes a target that was activated before it opens the source again", () => {
    expect(cutover.afterTrouble("activate")).toEqual({
      onFailure: "closeTargetAgain",
      onCancel: "closeTargetAgain",
    });
    expect(cutover.whenAllSucceed({}, "closeTargetAgain")).toEqual([
      "closeTargetAgain",
      "reopenSource",
      "releaseSource",
      "unlock",
    ]);
  });

  test("opens the source again although the target cannot be closed: the application waits", () => {
    expect(cutover.afterTrouble("closeTargetAgain")).toEqual({
      onFailure: "reopenSource",
      onCancel: "reopenSource",
    });
  });

  test("switches only after the comparison, a proved segment, the second proof of quiet and the activation", () => {
    for (const step of ["compare", "startArchiving", "baseline", "proveQuietAgain", "activate"]) {
      expect(cutover.graph.surelySucceededBefore(step, "switch")).toBe(true);
    }
    expect(cutover.between("compare", "switch")).toEqual([
      "compare",
      "startArchiving",
      "baseline",
      "proveQuietAgain",
      "activate",
      "logIn",
      "switch",
    ]);
  });

  test("asks the secret what the switch came to, whether it succeeded, failed or was cancelled", () => {
    expect(cutover.whenAllSucceed({}, "switch")[1]).toBe("settle");
    expect(cutover.afterTrouble("switch")).toEqual({ onFailure: "settle", onCancel: "settle" });
  });

  test("after the switch was begun opens the source only where the secret names the source", () => {
    const told = ["settleOnSource -> closeTargetAgain", "settleOnSourceAgain -> closeTargetAgain"];
    for (const step of ["settleOnSource", "settleOnSourceAgain"])
      expect(cutover.step(step).inputs).toMatchObject({ Parameters: { Truth: ["source"] } });
    expect(cutover.reachedFrom("switch")).toContain("reopenSource");
    expect(cutover.reachedFrom("switch", told)).not.toContain("reopenSource");
  });

  test("asks of the target first, then of the source, and leaves both as they are where neither can be told, twice", () => {
    const looks = ["settle", "settleOnSource", "settleOnSourceAgain", "settleAgain"];
    expect(looks.map((step) => cutover.afterTrouble(step))).toEqual(
      [...looks.slice(1), "releaseSource"].map((next) => ({ onFailure: next, onCancel: next })),
    );
    expect(cutover.reachedFrom("releaseSource")).toEqual(new Set(["releaseSource", "unlock"]));
  });

  test("never goes back by itself after the switch: nothing leads from there to reopenSource", () => {
    expect(cutover.reachedFrom("retireSource")).toEqual(
      new Set([...afterTheSwitch, "releaseSource", "unlock"]),
    );
  });

  test("after the switch tries every step three times, goes on whatever it came to, and fails the run for it", () => {
    for (const step of afterTheSwitch) {
      const { maxAttempts, isCritical, onFailure } = cutover.step(step);
      expect({ maxAttempts, isCritical }).toEqual({ maxAttempts: 3, isCritical: true });
      expect(onFailure).toBe(step === "recordCutover" ? "step:releaseSource" : "Continue");
    }
  });

  test("a cancel after the switch still lets the target's jobs run and be backed up, and is recorded", () => {
    for (const step of afterTheSwitch.slice(0, -3)) {
      expect(cutover.step(step).onCancel).toBe("step:startWorkers");
    }
    expect(cutover.step("startWorkers").onCancel).toBe("step:fullBackup");
    expect(cutover.step("fullBackup").onCancel).toBe("step:recordCutover");
    expect(cutover.step("recordCutover").onCancel).toBe("step:releaseSource");
  });

  test("opens the source in three attempts, and in three more when those were cancelled or failed", () => {
    for (const step of ["reopenSource", "reopenSourceAgain"]) expect(cutover.step(step).maxAttempts).toBe(3);
    expect(cutover.afterTrouble("reopenSource")).toEqual({
      onFailure: "reopenSourceAgain",
      onCancel: "reopenSourceAgain",
    });
  });

  test("opens the source before it cleans up, and gives the lock back on every way", () => {
    expect(cutover.whenAllSucceed({}, "reopenSource")).toEqual(["reopenSource", "releaseSource", "unlock"]);
    for (const step of cutover.names.slice(2, -1)) {
      expect(Object.values(cutover.afterTrouble(step))).not.toContain("Abort");
      expect(Object.values(cutover.afterTrouble(step))).not.toContain(undefined);
    }
    expect(cutover.names.at(-1)).toBe("unlock");
  });

  test("gives a host that may be starting again a minute to take a step that the truth hangs on", () => {
    for (const step of ["switch", "settle", "retireSource", "reopenSource"]) {
      expect(cutover.step(step).inputs).toMatchObject({ TimeoutSeconds: 60 });
    }
    expect(cutover.step("closeTargetAgain").inputs).toMatchObject({ TimeoutSeconds: 30 });
  });

  test("tells the approvers the database, both sides, the run, what the gate found and what they stop", () => {
    const { inputs } = cutover.step("approve");
    const message = "Message" in inputs ? String(inputs["Message"]) : "";
    for (const word of [
      "tracker",
      "i-",
      "{{ RunId }}",
      "{{ gate.Output }}",
      "CANNOT WRITE",
      "placeholder-shared-postgresql-host.glimpse.internal:5432",
      "--signal-type Reject",
    ]) {
      expect(message).toContain(word);
    }
    // AWS puts up to 2,500 characters in place of the gate's output, and takes 4,096.
    expect(message.length + 2500).toBeLessThan(4096);
  });

  test("leads the application by record, restart and health URLs where there are any, between switch and smoke test", () => {
    const full = new SynthesizedAutomation("Cutover", everythingConfigured);
    expect(full.between("retireSource", "smokeTest")).toEqual([
      "retireSource",
      "pointDns",
      "restartApplication",
      "checkHealth",
      "smokeTest",
    ]);
    expect(full.between("restore", "fingerprintTarget")).toContain("reassignOwnership");
  });

  test("of a network source runs on the target alone and sends nothing through the relay", () => {
    const network = new SynthesizedAutomation("Cutover", prodWith({ source: networkSource }));
    expect(network.names).not.toContain("sendDump");
    const hosts = network.steps.flatMap((step) =>
      "InstanceIds" in step.inputs ? step.inputs.InstanceIds : [],
    );
    expect(new Set(hosts).size).toBe(1);
  });
});

function inputsOf(automation: SynthesizedAutomation, step: string): Record<string, unknown> {
  return automation.step(step).inputs as unknown as Record<string, unknown>;
}
