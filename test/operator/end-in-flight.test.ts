import { commandId, executionId } from "./support/aws-double";
import { cutover, cutoverAtTerminal, silence, withAwsDouble } from "./support/command-line";
import { sourceInstance, targetInstance } from "./support/environment";
import { lookAt, questionObject, runId, secretAt } from "./support/run";

const double = withAwsDouble();

const question = {
  step: "fence-source",
  asks: "These go on: end them, or wait?",
  sessions: ["pid 12 tracker INSERT 34 s", "job 1004 12 s"],
  until: "2026-11-21T06:00:00Z",
};
const result = { step: "end-in-flight-source", status: "succeeded", endedSessions: 2 };
const fencing = () =>
  lookAt("Cutover", "InProgress", [{ name: "fenceSource", status: "InProgress", on: "source" }]);
const ended = () => lookAt("Cutover", "Success", [{ name: "fenceSource", status: "Success", on: "source" }]);

function arrangeQuestion(content: unknown = question): void {
  double.aws.looks = [fencing()];
  double.aws.objects.set(questionObject("source"), JSON.stringify(content));
  double.aws.invocations = [
    { Status: "InProgress" },
    { Status: "Success", StandardOutputContent: `${JSON.stringify(result)}\n` },
  ];
}

function endInFlight(...more: string[]): ReturnType<typeof cutover> {
  return cutover("end-in-flight", executionId, "--env", "lab", ...more);
}

test("the question is answered on the host whose fence asks, with the run's id, and its result is waited for", async () => {
  arrangeQuestion();
  const { exitCode, stdout } = await endInFlight();
  expect(exitCode).toBe(0);
  expect(stdout).toBe("The late sessions on the source were ended. Sessions ended: 2. The run goes on.\n");
  expect(double.aws.askedFor("SendCommand")).toEqual([
    {
      DocumentName: "timescale-cutover-lab-end-in-flight-source",
      InstanceIds: [sourceInstance],
      Parameters: { RunId: [runId] },
      TimeoutSeconds: 60,
      CloudWatchOutputConfig: { CloudWatchLogGroupName: "/lab/runs", CloudWatchOutputEnabled: true },
    },
  ]);
  expect(double.aws.askedFor("GetCommandInvocation")[0]).toEqual({
    CommandId: commandId,
    InstanceId: sourceInstance,
  });
});

test("the fence of a rollback is answered on the target", async () => {
  arrangeQuestion();
  double.aws.looks = [
    lookAt("Rollback", "InProgress", [{ name: "fenceTarget", status: "InProgress", on: "target" }]),
  ];
  double.aws.objects.set(questionObject("target"), JSON.stringify(question));
  expect((await endInFlight()).exitCode).toBe(0);
  expect(double.aws.askedFor("SendCommand")).toMatchObject([
    { DocumentName: "timescale-cutover-lab-end-in-flight-target", InstanceIds: [targetInstance] },
  ]);
});

test("a command that AWS does not find just after it was sent is looked for again", async () => {
  arrangeQuestion();
  double.aws.fail("GetCommandInvocation", { status: 400, type: "InvocationDoesNotExist" });
  expect((await endInFlight()).exitCode).toBe(0);
});

test("sessions that could not be ended end with 1, with the step's cause and remedy", async () => {
  arrangeQuestion();
  const verdict = {
    step: "x",
    status: "failed",
    code: "not-fenced",
    message: "It is not fenced.",
    remedy: "Look.",
  };
  double.aws.invocations = [{ Status: "Failed", StandardOutputContent: JSON.stringify(verdict) }];
  const { exitCode, stdout } = await endInFlight();
  expect(exitCode).toBe(1);
  expect(stdout).toContain("Step end-in-flight-source on source: Failed (not-fenced)\n  It is not fenced.\n");
});

test.each([
  ["asks nothing any more", {}],
  ["asks what is no question", { asks: 1 }],
])("a fence that %s is not answered: that ends with 3, and nothing is sent", async (_, content) => {
  arrangeQuestion(content);
  const { exitCode, stderr } = await endInFlight();
  expect(exitCode).toBe(3);
  expect(stderr).toContain("its step fenceSource asks nothing now. Nothing was ended.");
  expect(double.aws.askedFor("SendCommand")).toEqual([]);
});

test("a run whose fence is not at work is not answered", async () => {
  double.aws.looks = [ended()];
  const { exitCode, stderr } = await endInFlight();
  expect(exitCode).toBe(3);
  expect(stderr).toContain("no fence of it is at work");
  expect(double.aws.askedFor("SendCommand")).toEqual([]);
});

test("a question that cannot be read is not answered", async () => {
  arrangeQuestion();
  double.aws.bucketMissing = true;
  const { exitCode, stderr } = await endInFlight();
  expect(exitCode).toBe(3);
  expect(stderr).toContain("Nothing was ended: what the fence asks cannot be read");
  expect(double.aws.askedFor("SendCommand")).toEqual([]);
});

test("a command that AWS refuses ends with 3", async () => {
  arrangeQuestion();
  double.aws.fail("SendCommand", { status: 400, type: "AccessDeniedException", message: "not you" });
  const { exitCode, stderr } = await endInFlight();
  expect(exitCode).toBe(3);
  expect(stderr).toContain("AWS did not take the command timescale-cutover-lab-end-in-flight-source");
});

test("while a run is followed, its fence's question is told once, with the sessions and both answers", async () => {
  arrangeQuestion();
  double.aws.looks = [fencing(), fencing(), fencing(), ended()];
  double.aws.secret = secretAt("target");
  const { stderr } = await cutover("follow", executionId, "--env", "lab");
  expect(stderr).toContain(
    [
      "The fence of the source asks: These go on: end them, or wait?",
      "  | pid 12 tracker INSERT 34 s",
      "  | job 1004 12 s",
      "  To wait for them, do nothing: the fence waits until 2026-11-21T06:00:00Z, then the run fails.",
      `  To end them: cutover end-in-flight ${executionId} --env lab`,
    ].join("\n"),
  );
  expect(stderr.match(/asks:/g)).toHaveLength(1);
  expect(double.aws.askedFor("SendCommand")).toEqual([]);
});

test.each([
  ["y", 1],
  ["n", 0],
  ["", 0],
])("at a terminal the question is asked, and %j sends the command %d times", async (typed, times) => {
  arrangeQuestion();
  double.aws.looks = [fencing(), fencing(), ended()];
  double.aws.secret = secretAt("target");
  const { exitCode, stderr } = await cutoverAtTerminal([typed], "follow", executionId, "--env", "lab");
  expect(exitCode).toBe(0);
  expect(stderr).toContain("End these sessions now? [y/N] ");
  expect(double.aws.askedFor("SendCommand")).toHaveLength(times);
});

test.each([
  ["is answered elsewhere", "2026-11-21T06:00:00Z", 2],
  ["has had its time", "2026-11-21T05:13:10Z", 100],
])("a question that %s is taken back, and the run is followed on", async (_, until, looks) => {
  arrangeQuestion({ ...question, until });
  double.aws.looks = [fencing(), fencing(), ended()];
  double.aws.secret = secretAt("target");
  let looked = 0;
  double.aws.onAsked = ({ operation }) => {
    looked += operation === "GetObject" ? 1 : 0;
    if (looked === looks) double.aws.objects.set(questionObject("source"), "{}");
  };
  const { exitCode, stderr } = await cutoverAtTerminal([silence], "follow", executionId, "--env", "lab");
  expect(exitCode).toBe(0);
  expect(stderr).toContain("End these sessions now? [y/N] \n");
  expect(double.aws.askedFor("SendCommand")).toEqual([]);
});

test("a question that cannot be read is told once, and the run is followed on", async () => {
  double.aws.looks = [fencing(), fencing(), ended()];
  double.aws.secret = secretAt("target");
  double.aws.bucketMissing = true;
  const { exitCode, stderr } = await cutover("follow", executionId, "--env", "lab");
  expect(exitCode).toBe(0);
  expect(stderr.match(/warning: what the fence asks cannot be read/g)).toHaveLength(1);
});
