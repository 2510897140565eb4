import { sourceObjectChecks } from "../../lib/checks/source-objects";
import { sourceTimescaledbChecks } from "../../lib/checks/source-timescaledb";
import { sourceRoleChecks } from "../../lib/checks/source-roles";
import { cutover, cutoverAtTerminal, withAwsDouble } from "./support/command-line";
import { lookAt, runId, secretAt } from "./support/run";

const double = withAwsDouble();
const manyChecks = [...sourceObjectChecks, ...sourceRoleChecks, ...sourceTimescaledbChecks]
  .map(({ id }) => id)
  .join(",");

test("at a terminal the database's name is typed, after what is about to happen was said", async () => {
  double.aws.secret = secretAt("target");
  double.aws.looks = [lookAt("Cutover", "Success", [{ name: "switch", status: "Success", on: "target" }])];
  const { exitCode, stderr } = await cutoverAtTerminal(["tracker"], "run", "--env", "lab", "--run-id", runId);
  expect(exitCode).toBe(0);
  expect(stderr.indexOf("Type the database's name")).toBeGreaterThan(stderr.indexOf("About to cut over"));
});

test.each([
  [["Tracker"], '"Tracker" was typed; the database of lab is "tracker"'],
  [[""], '"" was typed'],
  [[], "Nothing was typed"],
])("a wrong name typed at a terminal (%j) is bad input, and nothing is started", async (typed, told) => {
  const { exitCode, stderr } = await cutoverAtTerminal(typed, "run", "--env", "lab");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(told);
  expect(double.aws.asked).toEqual([]);
});

test.each([
  [["run"], "there is no terminal to ask on"],
  [["run", "--confirm", "prod"], '--confirm names "prod"; the database of lab is "tracker"'],
  [["run", "--confirm", "tracker", "--allow", "window,everything"], '--allow "everything" is none'],
  [["run", "--confirm", "tracker", "--allow", "plan-rehearsal"], '--allow "plan-rehearsal" is none'],
  [
    ["run", "--confirm", "tracker", "--allow", manyChecks],
    `What follows --allow has ${manyChecks.length} characters; Systems Manager takes 512`,
  ],
  [["run", "--confirm", "tracker", "--in-flight", "kill"], '--in-flight "kill" is not known'],
  [["run", "--confirm", "tracker", "--replace", "other"], '--replace names "other"'],
  [["run", "--confirm", "tracker", "--run-id", "r1"], '--run-id "r1" is no run id'],
  [["run", "--confirm", "tracker", "--report", "/dev/null/x"], "--report /dev/null/x"],
  [["run", "--confirm", "tracker", "--report", "/proc/x/y"], "--report /proc/x/y: ENOENT"],
  [["rollback"], "there is no terminal to ask on"],
  [["rollback", "--confirm", "other"], '--confirm names "other"'],
  [
    ["rollback", "--confirm", "tracker", "--cutover-run", "yesterday"],
    '--cutover-run "yesterday" is no run id',
  ],
  [["signoff"], "there is no terminal to ask on"],
  [["signoff", "--confirm", "other"], '--confirm names "other"'],
  [["approve", "latest"], '"latest" is no execution id'],
  [["end-in-flight", "latest"], '"latest" is no execution id'],
])("bad input %j ends with 2 and asks nothing of AWS", async ([command = "", ...args], told) => {
  const { exitCode, stderr, stdout } = await cutover(command, "--env", "lab", ...args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(told);
  expect(stdout).toBe("");
  expect(double.aws.asked).toEqual([]);
});
