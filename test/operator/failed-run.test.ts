import { cutover, withAwsDouble } from "./support/command-line";
import { equalFingerprint, look, resultObject, runId } from "./support/run";

const double = withAwsDouble();

const verdict = {
  step: "restore",
  status: "failed",
  code: "extension-missing",
  message: "The target has no PostGIS 3.5.2.",
  remedy: "Install it, then start a new run.",
};

function arrangeFailure(output: string, failureMessage?: string): void {
  double.aws.looks = [
    look("Failed", [
      { name: "dump", status: "Success", on: "source" },
      {
        name: "restore",
        status: "Failed",
        on: "target",
        output,
        ...(failureMessage ? { failureMessage } : {}),
      },
      { name: "compare", status: "Pending", on: "target" },
    ]),
  ];
}

function rehearse(...more: string[]): ReturnType<typeof cutover> {
  return cutover("rehearse", "--env", "lab", "--run-id", runId, ...more);
}

const explained = [
  "Step restore on target: Failed (extension-missing)",
  "  The target has no PostGIS 3.5.2.",
  "  remedy: Install it, then start a new run.",
  `  logs:   on target (i-0bbbbbbbbbbbbbbbb): /var/lib/timescale-cutover/${runId}/`,
  "          CloudWatch log group /lab/runs, streams command-of-restore/…",
  "          aws ssm get-command-invocation --region eu-west-2 --command-id command-of-restore " +
    "--instance-id i-0bbbbbbbbbbbbbbbb",
  `          s3://timescale-cutover-lab-111122223333-eu-west-2-relay/runs/${runId}/`,
].join("\n");

test("a run that failed ends with 1 and tells the failed step's code, cause, remedy and logs", async () => {
  arrangeFailure(
    `pg_restore: …\n${JSON.stringify(verdict)}\n\n----------ERROR-------\nfailed to run commands: exit status 1`,
  );
  const { exitCode, stderr, stdout } = await rehearse();
  expect(exitCode).toBe(1);
  expect(stderr).toContain(explained);
  expect(stdout).toBe(`Run ${runId} failed after 30.0 s\nNothing was compared.\n`);
});

test("an output that was cut is taken from the command's own", async () => {
  arrangeFailure("pg_restore: a great deal of it\n---Output truncated---");
  double.aws.invocations = [{ StandardOutputContent: `…\n${JSON.stringify(verdict)}\n` }];
  expect((await rehearse()).stderr).toContain(explained);
  expect(double.aws.askedFor("GetCommandInvocation")).toEqual([
    { CommandId: "command-of-restore", InstanceId: "i-0bbbbbbbbbbbbbbbb" },
  ]);
});

test("an output that was cut twice is taken from the relay", async () => {
  arrangeFailure("---Output truncated---");
  double.aws.objects.set(resultObject("target", "restore"), JSON.stringify(verdict));
  expect((await rehearse()).stderr).toContain(explained);
});

test("a step that was killed is told in AWS's words and with the end of what it printed", async () => {
  const output = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join("\n");
  arrangeFailure(
    output,
    `Command c returns {Status=[Failed], ResponseCode=[137], Output=[${output}], CommandId=[c]}.`,
  );
  const { stderr } = await rehearse();
  expect(stderr).toContain("  Command c returns {Status=[Failed], ResponseCode=[137]\n  | line 3\n");
  expect(stderr).toContain("  | line 12\n  logs:");
  expect(stderr.match(/line 12/g)).toHaveLength(1);
});

test("a step that left no word of its own is told in AWS's words", async () => {
  arrangeFailure("", "Step timed out while it was running.");
  double.aws.fail("GetCommandInvocation", { status: 400, type: "InvocationDoesNotExist" });
  const { stderr } = await rehearse();
  expect(stderr).toContain("Step restore on target: Failed\n  Step timed out while it was running.\n  logs:");
});

test("a run that failed has a report with the steps that began, and no warning for what it never came to", async () => {
  arrangeFailure(JSON.stringify(verdict));
  const { stdout, stderr } = await rehearse("--json");
  expect(stderr).not.toContain("warning");
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: "failed",
    steps: [
      { name: "dump", status: "Success" },
      { name: "restore", status: "Failed" },
    ],
    fingerprint: null,
  });
});

test("a comparison that failed the run is still printed", async () => {
  arrangeFailure(JSON.stringify(verdict));
  const difference = {
    name: "public.device",
    source: { rows: 2, digest: "a" },
    target: { rows: 1, digest: "b" },
  };
  double.aws.objects.set(
    resultObject("target", "compare"),
    JSON.stringify({ fingerprint: { ...equalFingerprint, differentRelations: [difference] } }),
  );
  const { exitCode, stdout } = await rehearse();
  expect(exitCode).toBe(1);
  expect(stdout).toContain("Different: 1 relation\n  public.device\n    source  2 rows, digest a\n");
});

test.each(["TimedOut", "Cancelled", "CompletedWithSuccess", "Exited"])(
  "an automation that ended as %s is no success",
  async (status) => {
    double.aws.looks = [
      look(status, [{ name: "dump", status: "Success", on: "source" }], { ExecutionEndTime: 1795238000 }),
    ];
    const { exitCode, stdout } = await rehearse();
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`Run ${runId} failed (${status}) after`);
  },
);
