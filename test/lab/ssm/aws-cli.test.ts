import { execFile, execFileSync } from "node:child_process";
import { automation, command, runs } from "./document-samples";
import { EndpointFixture, until } from "./endpoint-fixture";

// Debian's, not one that happens to come first in PATH.
const AWS = "/usr/bin/aws";
const isInstalled = canRun(AWS);

(isInstalled || process.env["CI"] === "true" ? describe : describe.skip)(
  "the stock aws ssm command line",
  () => {
    let fixture: EndpointFixture;

    beforeAll(async () => {
      fixture = await EndpointFixture.start([
        command("greets", 'echo "hello $SSM_Name"', {
          parameters: { Name: { type: "String", allowedPattern: "^[a-z]+$", interpolationType: "ENV_VAR" } },
        }),
        automation(
          "asks",
          [
            { name: "ask", action: "aws:approve", inputs: { Approvers: ["AKIDCLI"], Message: "Go?" } },
            runs("greet", "greets", {}, { Parameters: { Name: ["{{ Name }}"] } }),
          ],
          { parameters: { Name: { type: "String" } }, outputs: ["greet.Output"] },
        ),
      ]);
    });
    afterAll(() => fixture.close());

    const aws = async (...args: string[]): Promise<Record<string, unknown>> => {
      const { code, stdout, stderr } = await run(AWS, [
        "ssm",
        "--endpoint-url",
        fixture.url,
        "--output",
        "json",
        ...args,
      ]);
      if (code !== 0) throw new Error(stderr);
      return (stdout.trim() === "" ? {} : JSON.parse(stdout)) as Record<string, unknown>;
    };
    const execution = async (id: string): Promise<Record<string, unknown>> =>
      (await aws("get-automation-execution", "--automation-execution-id", id))[
        "AutomationExecution"
      ] as Record<string, unknown>;

    test("sends a command, waits for it and reads what it said", async () => {
      const { instanceId } = fixture.host;
      const sent = await aws(
        ...["send-command", "--document-name", "greets", "--instance-ids", instanceId],
        ...["--parameters", "Name=world", "--timeout-seconds", "60", "--comment", "by hand"],
      );
      const id = (sent["Command"] as Record<string, string>)["CommandId"] ?? "";
      await aws("wait", "command-executed", "--command-id", id, "--instance-id", instanceId);
      expect(
        await aws("get-command-invocation", "--command-id", id, "--instance-id", instanceId),
      ).toMatchObject({
        Status: "Success",
        ResponseCode: 0,
        StandardOutputContent: "hello world\n",
      });
      expect(await aws("list-command-invocations", "--command-id", id, "--details")).toMatchObject({
        CommandInvocations: [{ CommandPlugins: [{ Name: "run", Output: "hello world\n" }] }],
      });
      await aws("cancel-command", "--command-id", id);
    });

    test("shows the error that AWS would", async () => {
      const sent = aws(
        ...["send-command", "--document-name", "greets", "--instance-ids", fixture.host.instanceId],
        ...["--parameters", "Name=UPPER"],
      );
      await expect(sent).rejects.toThrow(
        "An error occurred (InvalidParameters) when calling the SendCommand operation",
      );
    });

    test("starts an automation, approves it and follows it to its end", async () => {
      const started = await aws(
        "start-automation-execution",
        "--document-name",
        "asks",
        "--parameters",
        "Name=tracker",
      );
      const id = String(started["AutomationExecutionId"]);
      await until(
        () => execution(id),
        (found) => found["AutomationExecutionStatus"] === "Waiting",
      );
      await aws("send-automation-signal", "--automation-execution-id", id, "--signal-type", "Approve");
      const ended = await until(
        () => execution(id),
        (found) => found["ExecutionEndTime"] !== undefined,
      );
      expect(ended).toMatchObject({
        AutomationExecutionStatus: "Success",
        Outputs: { "greet.Output": ["hello tracker\n"] },
      });
      const steps = await aws("describe-automation-step-executions", "--automation-execution-id", id);
      expect(steps["StepExecutions"]).toHaveLength(2);
      const all = await aws(
        "describe-automation-executions",
        "--filters",
        "Key=DocumentNamePrefix,Values=asks",
      );
      expect(all["AutomationExecutionMetadataList"]).toHaveLength(1);
    });

    test("stops an automation", async () => {
      const started = await aws(
        "start-automation-execution",
        "--document-name",
        "asks",
        "--parameters",
        "Name=tracker",
      );
      const id = String(started["AutomationExecutionId"]);
      await aws("stop-automation-execution", "--automation-execution-id", id, "--type", "Cancel");
      const ended = await until(
        () => execution(id),
        (found) => found["ExecutionEndTime"] !== undefined,
      );
      expect(ended["AutomationExecutionStatus"]).toBe("Cancelled");
    });

    test("reads documents and hosts", async () => {
      expect(await aws("get-document", "--name", "greets")).toMatchObject({ DocumentType: "Command" });
      expect(await aws("describe-document", "--name", "asks")).toMatchObject({
        Document: { SchemaVersion: "0.3" },
      });
      expect(
        (await aws("list-documents", "--filters", "Key=Owner,Values=Self"))["DocumentIdentifiers"],
      ).toHaveLength(2);
      expect(await aws("describe-instance-information")).toMatchObject({
        InstanceInformationList: [{ InstanceId: fixture.host.instanceId, PingStatus: "Online" }],
      });
      const tags = await aws(
        "list-tags-for-resource",
        "--resource-type",
        "Document",
        "--resource-id",
        "greets",
      );
      expect(tags).toEqual({ TagList: [] });
    });
  },
);

function run(file: string, args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: "/nonexistent",
    AWS_ACCESS_KEY_ID: "AKIDCLI",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_DEFAULT_REGION: "eu-west-2",
    AWS_PAGER: "",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  return new Promise((resolve) =>
    execFile(file, args, { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : 1, stdout, stderr }),
    ),
  );
}

function canRun(file: string): boolean {
  try {
    execFileSync(file, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
