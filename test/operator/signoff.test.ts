import { cutover, withAwsDouble } from "./support/command-line";
import { lookAt, resultObject, secretAt } from "./support/run";

const double = withAwsDouble();
const cutoverRun = "r20261120-010000-aaaa";

test("a signoff prints what may be decommissioned, from its record", async () => {
  const { aws } = double;
  aws.secret = secretAt("target", `timescale-cutover-${cutoverRun}`);
  aws.looks = [lookAt("Signoff", "Success", [{ name: "recordSignoff", status: "Success", on: "target" }])];
  const decommission = ["The database on the source.", "The runbook stack."];
  aws.onAsked = ({ operation, body }) => {
    if (operation !== "StartAutomationExecution") return;
    const [id = ""] = (body.Parameters as Record<string, string[]>).RunId ?? [];
    aws.objects.set(
      resultObject("target", "record-signoff", id),
      JSON.stringify({ record: { kind: "signoff", decommission } }),
    );
  };
  const { exitCode, stdout, stderr } = await cutover("signoff", "--env", "lab", "--confirm", "tracker");
  expect(exitCode).toBe(0);
  expect(stderr).toContain("This cannot be undone: after it there is no rollback.");
  expect(stdout).toContain(
    "May be decommissioned now:\n  The database on the source.\n  The runbook stack.\n",
  );
  expect(aws.askedFor("StartAutomationExecution")).toMatchObject([
    { DocumentName: "timescale-cutover-lab-Signoff", Parameters: { CutoverRunId: [cutoverRun] } },
  ]);
});

test.each([
  ["rollback", "There is nothing to roll back"],
  ["signoff", "There is nothing to sign off"],
])("a %s while the secret points at the source is refused with 3", async (command, told) => {
  double.aws.secret = secretAt("source");
  const { exitCode, stderr } = await cutover(command, "--env", "lab", "--confirm", "tracker");
  expect(exitCode).toBe(3);
  expect(stderr).toContain(
    `${told}: the application's secret lab/tracker/database points at the source (172.31.203.10:5432)`,
  );
  expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
});
