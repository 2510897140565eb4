import { spawn } from "node:child_process";
import path from "node:path";
import { executionId } from "./support/aws-double";
import { sdkSettings, withAwsDouble } from "./support/command-line";
import { look, runId } from "./support/run";

const double = withAwsDouble();
const program = path.join(__dirname, "support/program.ts");

/** Runs the program, and sends it the signal at that operation. Without tsx between, which gives a busy program little time. */
async function interruptedAt(
  operation: string,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", program, "rehearse", "--env", "lab", "--run-id", runId],
    {
      env: { ...process.env, ...sdkSettings(double.aws.url) },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  double.aws.onAsked = (asked) => {
    if (asked.operation !== operation) return;
    child.kill(signal);
    double.aws.onAsked = () => undefined;
  };
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stderr };
}

beforeEach(() => {
  double.aws.looks = [look("InProgress", [{ name: "dump", status: "InProgress", on: "source" }])];
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s stops the following and not the run, says how to follow and cancel it, and ends with 130",
  async (signal) => {
    const { code, stderr } = await interruptedAt("GetAutomationExecution", signal);
    expect(stderr).toContain("Following was stopped. The run was not: it goes on.");
    expect(stderr).toContain(`cutover follow ${executionId} --env lab`);
    expect(stderr).toContain(`cutover cancel ${executionId} --env lab`);
    expect(code).toBe(130);
    expect(double.aws.askedFor("StopAutomationExecution")).toEqual([]);
  },
);

test("an interruption before the start starts nothing", async () => {
  // Held back, so that the interruption arrives before the list's answer does.
  double.aws.fail("DescribeAutomationExecutions", "answer-lost", "answer-lost", "answer-lost");
  const { code, stderr } = await interruptedAt("DescribeAutomationExecutions", "SIGINT");
  expect(code).toBe(130);
  expect(stderr).toContain("Interrupted: nothing was started.");
  expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
});
