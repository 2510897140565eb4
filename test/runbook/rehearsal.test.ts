import { synthesizeRunbook } from "../../lib/runbook/synthesize";
import { networkSource, prodWith } from "./environment";

interface Step {
  name: string;
  onFailure?: string;
  onCancel?: string;
  isEnd?: boolean;
  /** A branch runs on no instance. */
  inputs: { InstanceIds?: string[]; DocumentName: string };
}

function stepsOf(environment = prodWith()): Step[] {
  const document = Object.values(synthesizeRunbook(environment).Resources).find(
    (resource) =>
      (resource as unknown as { Properties?: { Name?: string } }).Properties?.Name ===
      "timescale-cutover-prod-Rehearsal",
  );
  return (document as unknown as { Properties: { Content: { mainSteps: Step[] } } }).Properties.Content
    .mainSteps;
}

describe("the Rehearsal", () => {
  const steps = stepsOf(prodWith({ ownership: { mode: "preserve" } }));
  const names = steps.map(({ name }) => name);

  test("goes from lock to unlock in the design's order", () => {
    expect(names).toEqual([
      "findTarget",
      "lock",
      "inspectSource",
      "inspectTarget",
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
      "startWorkers",
      "recordRehearsal",
      "whetherToClose",
      "closeTarget",
      "releaseSource",
      "unlock",
    ]);
  });

  test("goes on at releaseSource, whatever step before it fails or is cancelled", () => {
    for (const step of steps.slice(2, names.indexOf("releaseSource"))) {
      expect(step).toMatchObject({ onFailure: "step:releaseSource", onCancel: "step:releaseSource" });
    }
  });

  test("closes the copy at its end, unless it is told to leave it open", () => {
    expect(steps[names.indexOf("whetherToClose")]).toMatchObject({
      inputs: {
        Choices: [{ Variable: "{{ LeaveOpen }}", StringEquals: "yes", NextStep: "releaseSource" }],
        Default: "closeTarget",
      },
    });
  });

  test("starts the background workers only after the comparison", () => {
    expect(names.indexOf("startWorkers")).toBe(names.indexOf("compare") + 1);
  });

  test("hands the ownership over between restore and fingerprint where the environment says so", () => {
    const reassigning = stepsOf(prodWith({ ownership: { mode: "reassign", role: "tracker" } })).map(
      ({ name }) => name,
    );
    expect(reassigning.indexOf("reassignOwnership")).toBe(reassigning.indexOf("restore") + 1);
    expect(names).not.toContain("reassignOwnership");
  });

  test("of a network source runs on the target alone and sends nothing through the relay", () => {
    const network = stepsOf(prodWith({ source: networkSource }));
    expect(network.map(({ name }) => name)).not.toContain("sendDump");
    expect(new Set(network.flatMap(({ inputs }) => inputs.InstanceIds ?? [])).size).toBe(1);
  });
});
