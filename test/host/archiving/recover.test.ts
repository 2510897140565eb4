import { SynthesizedAutomation } from "../../runbook/automation";

describe("the Recover", () => {
  const recover = new SynthesizedAutomation("Recover");

  test("restores under the target's lock, and proves that a segment of the new timeline arrives", () => {
    expect(recover.whenAllSucceed({})).toEqual(["findTarget", "lock", "recover", "startArchiving", "unlock"]);
  });

  test("gives the lock back whatever fails or is cancelled, and tries nothing twice", () => {
    for (const name of ["recover", "startArchiving"]) {
      const unlocked = { onFailure: "unlock", onCancel: "unlock" };
      expect(recover.afterTrouble(name)).toEqual(unlocked);
      expect(recover.step(name).maxAttempts).toBeUndefined();
    }
  });

  test("restores from the near repository to the latest, over nothing, unless it is told otherwise", () => {
    expect(recover.parameters).toMatchObject({
      Repo: { default: "3", allowedValues: ["3", "2"] },
      Time: { default: "" },
      Replace: { default: "" },
    });
  });
});
