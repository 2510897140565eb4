import { catalogue } from "../../lib/checks/catalogue";
import { leftToPeople, signoffChecklist } from "../../lib/checks/signoff-checklist";

const ids = Object.values(catalogue).flatMap((checks) => checks.map(({ id }) => id));

describe("the plan's signoff checklist", () => {
  test("has its eleven lines", () => {
    expect(signoffChecklist).toHaveLength(11);
  });

  test.each(signoffChecklist.map((line) => [line.line, line] as const))(
    "leaves no line open: %s",
    (_, { provedBy, leftToPeople: left }) => {
      expect(provedBy.length > 0 || left !== undefined).toBe(true);
      for (const id of provedBy) expect(ids).toContain(id);
    },
  );

  test("leaves to people what fits into one finding", () => {
    const finding = `Left to people, of the plan's signoff checklist: ${leftToPeople.join("; ")}.`;
    expect(finding.length).toBeLessThan(400);
  });
});
