import { executionId, type Fault } from "./support/aws-double";
import { cutover, withAwsDouble } from "./support/command-line";
import { look, runId } from "./support/run";

const double = withAwsDouble();
const running = () => look("InProgress", [{ name: "dump", status: "InProgress", on: "source" }]);
const succeeded = () => look("Success", [{ name: "dump", status: "Success", on: "source" }]);

/** Lets the first look through, then fails. */
function failAfterFirstLook(...faults: Fault[]): void {
  double.aws.onAsked = ({ operation }) => {
    if (operation !== "GetAutomationExecution") return;
    double.aws.fail("GetAutomationExecution", ...faults);
    double.aws.onAsked = () => undefined;
  };
}

test.each<[string, Fault]>([
  ["a connection that is closed", "reset"],
  ["an answer that is lost", "answer-lost"],
  ["throttling", { status: 400, type: "ThrottlingException", message: "Rate exceeded" }],
  ["a fault of AWS", { status: 503, type: "ServiceUnavailable" }],
  ["a page of the network's own", "page"],
])("following outlives %s", async (_, fault) => {
  double.aws.looks = [running(), running(), succeeded()];
  failAfterFirstLook(fault, fault, fault, fault);
  const { exitCode, stderr } = await cutover("rehearse", "--env", "lab", "--run-id", runId);
  expect(exitCode).toBe(0);
  expect(stderr.match(/AWS cannot be asked/g)).toHaveLength(1);
  expect(stderr).toContain("AWS answers again.\n");
});

test("an execution that AWS does not find just after its start is looked for again", async () => {
  double.aws.looks = [succeeded()];
  double.aws.fail("GetAutomationExecution", { status: 400, type: "AutomationExecutionNotFoundException" });
  expect((await cutover("rehearse", "--env", "lab", "--run-id", runId)).exitCode).toBe(0);
});

test("a follower that AWS refuses ends with 4: the run goes on, and how to follow it is said", async () => {
  double.aws.looks = [running()];
  failAfterFirstLook({ status: 400, type: "ExpiredTokenException", message: "expired" });
  const { exitCode, stderr, stdout } = await cutover("rehearse", "--env", "lab", "--run-id", runId);
  expect(exitCode).toBe(4);
  expect(stderr).toContain("The run can no longer be followed from here, and goes on without");
  expect(stderr).toContain(`cutover follow ${executionId} --env lab`);
  expect(stdout).toBe("");
});

test("a follower gives up after a quarter of an hour without AWS", async () => {
  double.aws.looks = [running()];
  failAfterFirstLook(...Array<Fault>(500).fill("reset"));
  expect((await cutover("rehearse", "--env", "lab", "--run-id", runId)).exitCode).toBe(4);
});

test("a step that runs long is told of every five minutes", async () => {
  double.aws.looks = [...Array.from({ length: 400 }, running), succeeded()];
  const { stderr } = await cutover("follow", executionId, "--env", "lab");
  expect(stderr.match(/InProgress.*$/gm)).toEqual([
    "InProgress",
    expect.stringMatching(/^InProgress {2}0\.0 s/),
    expect.stringMatching(/^InProgress {2}5 min 00 s/),
    expect.stringMatching(/^InProgress {2}10 min 00 s/),
  ]);
});

test("more steps than one answer holds are read page by page", async () => {
  double.aws.looks = [{ ...succeeded(), StepExecutionsTruncated: true }];
  await cutover("follow", executionId, "--env", "lab");
  expect(double.aws.askedFor("DescribeAutomationStepExecutions").at(0)).toEqual({
    AutomationExecutionId: executionId,
    MaxResults: 50,
  });
});

test("follow reports on a run that has ended", async () => {
  double.aws.looks = [succeeded()];
  const { exitCode, stdout } = await cutover("follow", executionId, "--env", "lab", "--json");
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ runId, outcome: "succeeded" });
});

test("follow of an id that AWS does not know is bad input", async () => {
  double.aws.fail("GetAutomationExecution", { status: 400, type: "AutomationExecutionNotFoundException" });
  const { exitCode, stderr } = await cutover("follow", executionId, "--env", "lab");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`There is no execution ${executionId} in eu-west-2`);
});

test.each([
  "timescale-cutover-lab-two-Rehearsal",
  "timescale-cutover-prod-Rehearsal",
  "AWS-RestartEC2Instance",
])("neither follow nor cancel touches an execution of %s", async (DocumentName) => {
  double.aws.looks = [{ ...running(), DocumentName }];
  for (const command of ["follow", "cancel"]) {
    const { exitCode, stderr } = await cutover(command, executionId, "--env", "lab");
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`is of document ${DocumentName}: no run of lab`);
  }
  expect(double.aws.askedFor("StopAutomationExecution")).toEqual([]);
});

test("cancel asks for a cancel, follows to the end and ends with 1", async () => {
  double.aws.looks = [running(), look("Cancelled", [{ name: "dump", status: "Cancelled", on: "source" }])];
  const { exitCode, stdout } = await cutover("cancel", executionId, "--env", "lab");
  expect(double.aws.askedFor("StopAutomationExecution")).toEqual([
    { AutomationExecutionId: executionId, Type: "Cancel" },
  ]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`Run ${runId} failed (Cancelled)`);
});

test("cancel of a run that has ended says so and reports on it", async () => {
  double.aws.looks = [succeeded()];
  const { exitCode, stderr } = await cutover("cancel", executionId, "--env", "lab");
  expect(double.aws.askedFor("StopAutomationExecution")).toEqual([]);
  expect(stderr).toContain("Nothing to cancel: the run is Success.");
  expect(exitCode).toBe(0);
});

test("cancel of a run that ends meanwhile says so and reports on it", async () => {
  double.aws.looks = [running(), succeeded()];
  double.aws.fail("StopAutomationExecution", { status: 400, type: "InvalidAutomationStatusUpdateException" });
  const { exitCode, stderr } = await cutover("cancel", executionId, "--env", "lab");
  expect(stderr).toContain("Nothing to cancel");
  expect(exitCode).toBe(0);
});

test("a cancel that AWS refuses ends with 3", async () => {
  double.aws.looks = [running()];
  double.aws.fail("StopAutomationExecution", {
    status: 400,
    type: "AccessDeniedException",
    message: "not you",
  });
  const { exitCode, stderr } = await cutover("cancel", executionId, "--env", "lab");
  expect(exitCode).toBe(3);
  expect(stderr).toContain("AWS refused to cancel the run");
});
