import { targetInstanceId } from "../../lib/runbook/find-target";
import { SynthesizedAutomation } from "./automation";
import { networkSource, prodWith } from "./environment";

describe("the Preflight", () => {
  const preflight = new SynthesizedAutomation("Preflight", prodWith());
  const looks = preflight.steps.slice(1);

  test("looks at the source first, and then at everything else", () => {
    expect(preflight.whenAllSucceed({})).toEqual([
      "findTarget",
      "inspectSource",
      "checkSource",
      "checkDatabase",
      "checkTarget",
      "checkRepository",
      "checkAws",
      "checkPlan",
    ]);
  });

  test("makes every check whatever became of those before it, and ends Failed where one failed", () => {
    for (const { name, onFailure, isCritical } of looks.slice(0, -1)) {
      expect({ name, onFailure, isCritical }).toEqual({ name, onFailure: "Continue", isCritical: true });
    }
    expect(preflight.step("checkPlan")).toMatchObject({ onFailure: "Abort" });
  });

  test("takes no lock and runs nothing but inspect-source and the checks", () => {
    const documents = looks.map(({ inputs }) => ("DocumentName" in inputs ? inputs.DocumentName : ""));
    expect(documents).toEqual(
      [
        "inspect-source",
        "check-source",
        "check-database",
        "check-target",
        "check-repository",
        "check-aws",
        "check-plan",
      ].map((step) => `timescale-cutover-prod-${step}`),
    );
  });

  test("allows nothing: a failing check fails it whatever a cutover would be allowed", () => {
    for (const { inputs } of looks) {
      expect(inputs).toMatchObject({ Parameters: { RunId: ["{{ RunId }}"] } });
      expect("Parameters" in inputs && inputs.Parameters).not.toHaveProperty("Allow");
    }
  });

  test("tries each step once, and waits half a minute for a host that does not answer", () => {
    for (const { maxAttempts, inputs } of looks) {
      expect(maxAttempts).toBeUndefined();
      expect(inputs).toMatchObject({ TimeoutSeconds: 30 });
    }
  });

  test("of a network source runs on the target alone", () => {
    const network = new SynthesizedAutomation("Preflight", prodWith({ source: networkSource }));
    const hosts = network.steps.flatMap(({ inputs }) => ("InstanceIds" in inputs ? inputs.InstanceIds : []));
    expect(new Set(hosts)).toEqual(new Set([targetInstanceId]));
  });
});
