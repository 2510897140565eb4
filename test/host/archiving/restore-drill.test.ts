import { targetInstanceId } from "../../../lib/runbook/find-target";
import { SynthesizedAutomation } from "../../runbook/automation";

describe("the RestoreDrill", () => {
  const drill = new SynthesizedAutomation("RestoreDrill");
  const both = { whetherRepo3: "restoreDrillRepo3", whetherRepo2: "restoreDrillRepo2" };

  test("drills the near repository, then the one in S3, under the target's lock", () => {
    expect(drill.whenAllSucceed(both)).toEqual([
      "findTarget",
      "lock",
      "whetherRepo3",
      "restoreDrillRepo3",
      "whetherRepo2",
      "restoreDrillRepo2",
      "unlock",
    ]);
  });

  test("leaves out a repository that was not asked for", () => {
    const far = drill.whenAllSucceed({ ...both, whetherRepo3: "whetherRepo2" });
    expect(far).not.toContain("restoreDrillRepo3");
    const near = drill.whenAllSucceed({ ...both, whetherRepo2: "unlock" });
    expect(near).not.toContain("restoreDrillRepo2");
  });

  test.each(["restoreDrillRepo3", "restoreDrillRepo2"])(
    "goes on after %s whatever became of it, tries it once, and ends Failed where it failed",
    (name) => {
      const step = drill.step(name);
      expect(step).toMatchObject({ onFailure: "Continue", isCritical: true, onCancel: "step:unlock" });
      expect(step.maxAttempts).toBeUndefined();
    },
  );

  test("hands the time on, and drills both to the latest unless it is told otherwise", () => {
    for (const Repo of ["3", "2"]) {
      expect(drill.step(`restoreDrillRepo${Repo}`)).toMatchObject({
        inputs: { Parameters: { Repo: [Repo], Time: ["{{ Time }}"] } },
      });
    }
    expect(drill.parameters).toMatchObject({
      Time: { default: "" },
      Repos: { default: "3,2", allowedValues: ["3,2", "3", "2"] },
    });
  });

  test("runs on the target alone", () => {
    const hosts = drill.steps.flatMap(({ inputs }) => ("InstanceIds" in inputs ? inputs.InstanceIds : []));
    expect(new Set(hosts)).toEqual(new Set([targetInstanceId]));
  });
});
