import { executionId } from "./support/aws-double";
import { cutover, withAwsDouble } from "./support/command-line";
import { look, runId } from "./support/run";

const double = withAwsDouble();
const document = "timescale-cutover-lab-Rehearsal";
const ended = () => [look("Success", [{ name: "dump", status: "Success", on: "source" }])];

function rehearse(...more: string[]): ReturnType<typeof cutover> {
  return cutover("rehearse", "--env", "lab", "--run-id", runId, ...more);
}

function listing(status: string, name = document): Record<string, unknown> {
  return { AutomationExecutionId: executionId, DocumentName: name, AutomationExecutionStatus: status };
}

test("an environment that is not known is refused, and the known ones named", async () => {
  const { exitCode, stderr } = await cutover("rehearse", "--env", "constructor");
  expect(exitCode).toBe(2);
  expect(stderr).toBe('There is no environment "constructor".\n  Known are: lab (bin/environments.ts).\n');
});

test.each([
  [["rehearse"], "--env"],
  [["rehearse", "--env", "lab", "--run-id", "r1; reboot"], "is no run id"],
  [
    ["rehearse", "--env", "lab", "--replace", "other"],
    '--replace names "other"; the database of lab is "tracker"',
  ],
  [["rehearse", "--env", "lab", "--report", "/dev/null/x"], "--report /dev/null/x"],
  [["rehearse", "--env", "lab", "extra"], "too many arguments"],
  [["follow", "--env", "lab"], "missing required argument"],
  [["follow", "latest", "--env", "lab"], '"latest" is no execution id'],
  [["ship-it"], "unknown command"],
])("bad input %j ends with 2 and asks nothing of AWS", async (args, message) => {
  const { exitCode, stderr, stdout } = await cutover(...args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(stdout).toBe("");
  expect(double.aws.asked).toEqual([]);
});

test("--help ends with 0 and tells the exit codes", async () => {
  const { exitCode, stdout } = await cutover("rehearse", "--help");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /Exit codes:\n {4}0 {2}the run succeeded;.*\n {4}1 .*\n {4}2 .*\n {4}3 .*\n {4}4 .*\n {2}130 /,
  );
});

test.each(["InProgress", "Pending", "Cancelling", "Waiting", "AStatusOfNextYear"])(
  "a rehearsal is refused while another is %s, and that one named",
  async (status) => {
    double.aws.listed = [listing("Success"), listing(status)];
    const { exitCode, stderr } = await rehearse();
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`A rehearsal of lab is in progress: execution ${executionId} (${status})`);
    expect(stderr).toContain(`cutover cancel ${executionId} --env lab`);
    expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
    expect(double.aws.askedFor("DescribeAutomationExecutions")).toEqual([
      { Filters: [{ Key: "DocumentNamePrefix", Values: ["timescale-cutover-lab-"] }], MaxResults: 50 },
    ]);
  },
);

test.each(["Cutover", "Rollback", "Signoff", "Reopen"])(
  "a rehearsal is refused while a %s of the environment is in progress",
  async (automation) => {
    double.aws.listed = [listing("InProgress", `timescale-cutover-lab-${automation}`)];
    const { exitCode, stderr } = await rehearse();
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`A ${automation.toLowerCase()} of lab is in progress: execution ${executionId}`);
    expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
  },
);

test("another environment's run does not stand in the way, though its name begins the same", async () => {
  double.aws.listed = [listing("InProgress", "timescale-cutover-lab-two-Cutover")];
  double.aws.looks = ended();
  expect((await rehearse()).exitCode).toBe(0);
});

test("a document whose name only begins the same does not stand in the way", async () => {
  double.aws.listed = [listing("InProgress", `${document}Again`), listing("Failed")];
  double.aws.looks = ended();
  expect((await rehearse()).exitCode).toBe(0);
});

test("a refusal of the start ends with 3, AWS's reason and a remedy", async () => {
  double.aws.fail("StartAutomationExecution", {
    status: 400,
    type: "AccessDeniedException",
    message: "not you",
  });
  const { exitCode, stderr } = await rehearse();
  expect(exitCode).toBe(3);
  expect(stderr).toContain("Nothing was started: AWS refused (account 111122223333, eu-west-2)");
  expect(stderr).toContain("AccessDeniedException: not you");
  expect(stderr).toContain("Use credentials of the environment's account");
});

test("a document that is not there is told as such", async () => {
  double.aws.fail("StartAutomationExecution", { status: 400, type: "AutomationDefinitionNotFoundException" });
  const { exitCode, stderr } = await rehearse();
  expect(exitCode).toBe(3);
  expect(stderr).toContain(`There is no document ${document}`);
  expect(stderr).toContain("Deploy the environment's runbook stack");
});

test("an AWS that cannot be reached ends with 3", async () => {
  process.env.AWS_ENDPOINT_URL_SSM = "http://127.0.0.1:1";
  const { exitCode, stderr } = await rehearse();
  expect(exitCode).toBe(3);
  expect(stderr).toContain("Nothing was started: AWS could not be reached");
  expect(stderr).toContain("ECONNREFUSED");
});

test("a start that is throttled is tried again", async () => {
  double.aws.fail("StartAutomationExecution", { status: 400, type: "ThrottlingException" });
  double.aws.looks = ended();
  expect((await rehearse()).exitCode).toBe(0);
});

test("a start whose answer is lost is asked again with the same token", async () => {
  double.aws.fail("StartAutomationExecution", "answer-lost");
  double.aws.looks = ended();
  const { exitCode } = await rehearse();
  const [first, second, ...more] = double.aws.askedFor("StartAutomationExecution");
  expect(exitCode).toBe(0);
  expect(second).toEqual(first);
  expect(more).toEqual([]);
});

test("a start whose answer is lost, and whose repetition AWS refuses, is found by the run's id", async () => {
  double.aws.fail("StartAutomationExecution", "answer-lost", {
    status: 400,
    type: "IdempotentParameterMismatch",
  });
  double.aws.looks = ended();
  double.aws.onAsked = ({ operation }) => {
    if (operation === "StartAutomationExecution") double.aws.listed = [listing("InProgress")];
  };
  const { exitCode, stderr } = await rehearse();
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`Started: execution ${executionId}`);
});

test("a start whose answer is lost, and that left no execution of the run's id, has started nothing", async () => {
  double.aws.fail("StartAutomationExecution", "answer-lost", { status: 400, type: "AccessDeniedException" });
  expect((await rehearse()).exitCode).toBe(3);
});

test("a start whose answer is lost for good ends with 4 and says how to look for the run", async () => {
  double.aws.fail("StartAutomationExecution", "answer-lost", ...Array<"reset">(50).fill("reset"));
  double.aws.onAsked = ({ operation }) => {
    if (operation === "StartAutomationExecution") {
      double.aws.fail("DescribeAutomationExecutions", ...Array<"reset">(50).fill("reset"));
    }
  };
  const { exitCode, stderr } = await rehearse();
  expect(exitCode).toBe(4);
  expect(stderr).toContain(`The start of run ${runId} was sent and AWS's answer was lost`);
  expect(stderr).toContain(`Key=DocumentNamePrefix,Values=${document}`);
});
