import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  CancelCommandCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
} from "@aws-sdk/client-ssm";
import { command, commandOf } from "./document-samples";
import { EndpointFixture, until } from "./endpoint-fixture";
import { fastClock } from "./fast-clock";

const PATTERNED = { type: "String", allowedPattern: "^[a-z]*$", interpolationType: "ENV_VAR" };

describe("a Command document on a host", () => {
  let fixture: EndpointFixture;

  beforeAll(async () => {
    fixture = await EndpointFixture.start([
      command("greets", "echo hello\necho oops >&2"),
      command("bash", "#!/bin/bash\nprintf '%s' \"${BASH_VERSION:+bash}\""),
      command("no-first-line", 'printf %s "${BASH_VERSION:-sh} $(readlink /proc/$$/exe)"'),
      command("fails", "echo half\nexit 7"),
      command("says-137", "exit 137"),
      command("dies", "kill -KILL $$"),
      command("dies-whole", "read -r _ _ _ _ group _ < /proc/$$/stat\nkill -s KILL -- -$group"),
      command("value", 'printf "%s" "$SSM_Value"', {
        parameters: { Value: { type: "String", interpolationType: "ENV_VAR" } },
      }),
      command("pasted", "printf '%s' '{{ Value }}'", { parameters: { Value: { type: "String" } } }),
      command("environment", "env | sort\npwd"),
      command("elsewhere", "pwd", { inputs: { workingDirectory: "/tmp" } }),
      command("loud", "head -c 30000 /dev/zero | tr '\\0' x\nhead -c 9000 /dev/zero | tr '\\0' y >&2"),
      command("reads", "cat; echo end"),
      command("leaves-a-child", "sleep 0.5 &\necho parent is gone"),
      command("own-group", "cat /proc/$$/stat"),
      commandOf("goes-on", [
        { name: "first", script: ["exit 3"] },
        { name: "second", script: ["echo second ran"] },
      ]),
      commandOf("stops", [
        { name: "first", script: ["exit 3"], inputs: { onFailure: "exit" } },
        { name: "second", script: ["echo second ran"] },
      ]),
      commandOf("leaves-well", [
        { name: "first", script: ["exit 168"] },
        { name: "second", script: ["echo second ran"] },
      ]),
    ]);
  });
  afterAll(() => fixture.close());

  test("ends as Success with both streams apart and its exit code", async () => {
    expect(await fixture.run("greets")).toMatchObject({
      Status: "Success",
      StatusDetails: "Success",
      ResponseCode: 0,
      PluginName: "run",
      StandardOutputContent: "hello\n",
      StandardErrorContent: "oops\n",
    });
  });

  test("is run by the interpreter that its first line names", async () => {
    expect((await fixture.run("bash")).StandardOutputContent).toBe("bash");
  });

  test("is run by sh when its first line names no interpreter", async () => {
    const { StandardOutputContent } = await fixture.run("no-first-line");
    expect(StandardOutputContent).toMatch(/^sh .*\/(da)?sh$/);
  });

  test("that ends with another code than 0 is Failed, and the agent adds the code to its errors", async () => {
    expect(await fixture.run("fails")).toMatchObject({
      Status: "Failed",
      StatusDetails: "Failed",
      ResponseCode: 7,
      StandardOutputContent: "half\n",
      StandardErrorContent: "failed to run commands: exit status 7",
    });
  });

  test("that ends with 137 by itself is taken for timed out, as the agent takes it", async () => {
    expect(await fixture.run("says-137")).toMatchObject({
      Status: "TimedOut",
      StatusDetails: "ExecutionTimedOut",
    });
  });

  test("that is killed from outside ends Debian's sh with 137, and so counts as timed out too", async () => {
    expect(await fixture.run("dies")).toMatchObject({ Status: "TimedOut", ResponseCode: 137 });
  });

  test("whose whole group is killed from outside is Failed with the code -1", async () => {
    expect(await fixture.run("dies-whole")).toMatchObject({ Status: "Failed", ResponseCode: -1 });
  });

  test("gets an ENV_VAR parameter in its environment and nowhere else, whatever the value holds", async () => {
    const value = `'"; rm -rf / $(reboot) \`id\`\nsecond line {{ Value }} $$`;
    const found = await fixture.run("value", { Parameters: { Value: [value] } });
    expect(found.StandardOutputContent).toBe(value);
    const script = readFileSync(scriptOf(fixture, found.CommandId ?? ""), "utf8");
    expect(script).toBe('printf "%s" "$SSM_Value"\n');
  });

  test("has a parameter without interpolationType pasted into its text, doubled dollar signs halved", async () => {
    const found = await fixture.run("pasted", { Parameters: { Value: ["a $$ b"] } });
    expect(found.StandardOutputContent).toBe("a $ b");
  });

  test("has the environment of a system service and of the agent: no HOME, in /usr/bin", async () => {
    const found = await fixture.run("environment");
    const names = (found.StandardOutputContent ?? "").split("\n").map((line) => line.split("=")[0]);
    expect(names).toEqual(
      expect.arrayContaining([
        "AWS_SSM_INSTANCE_ID",
        "AWS_SSM_REGION_NAME",
        "SSM_COMMAND_ID",
        "PATH",
        "/usr/bin",
      ]),
    );
    expect(names).not.toContain("HOME");
    expect(found.StandardOutputContent).toContain(`SSM_COMMAND_ID=${found.CommandId}`);
  });

  test("starts in its workingDirectory", async () => {
    expect((await fixture.run("elsewhere")).StandardOutputContent).toBe("/tmp\n");
  });

  test("finds nothing on its standard input", async () => {
    expect((await fixture.run("reads")).StandardOutputContent).toBe("end\n");
  });

  test("runs in a process group of its own, which the shell that the agent starts leads", async () => {
    const found = await fixture.run("own-group");
    const [pid, , , parent, group] = found.StandardOutputContent?.split(" ") ?? [];
    expect([pid, parent]).toContain(group);
  });

  test("lies on the host where the agent puts it, readable and executable by root alone", async () => {
    const found = await fixture.run("greets");
    const path = scriptOf(fixture, found.CommandId ?? "");
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(readFileSync(path, "utf8")).toBe("echo hello\necho oops >&2\n");
  });

  test("is not over before every process that holds its output is", async () => {
    const before = Date.now();
    await fixture.run("leaves-a-child");
    expect(Date.now() - before).toBeGreaterThanOrEqual(500);
  });

  test("shows 24,000 characters of its output, 8,000 of its errors and 2,500 of both, each marked as cut", async () => {
    const found = await fixture.run("loud");
    expect(found.StandardOutputContent).toHaveLength(24_000);
    expect(found.StandardOutputContent).toMatch(/--output truncated--$/);
    expect(found.StandardErrorContent).toHaveLength(8_000);
    const plugin = await pluginOf(fixture, found.CommandId ?? "");
    expect(plugin?.Output?.length).toBeLessThanOrEqual(2_500);
    expect(plugin?.Output).toContain("\n---Output truncated---\n----------ERROR-------\n");
    expect(plugin?.Output).toMatch(/\n---Error truncated----$/);
  });

  test("goes on to its second plugin when the first fails, and is Failed all the same", async () => {
    const id = await fixture.send("goes-on");
    expect(await fixture.finished(id, "second")).toMatchObject({
      Status: "Success",
      StandardOutputContent: "second ran\n",
    });
    expect(await fixture.finished(id, "first")).toMatchObject({ Status: "Failed", ResponseCode: 3 });
    expect(await commandStatus(fixture, id)).toBe("Failed");
  });

  test("leaves out its second plugin when the first fails and says onFailure: exit", async () => {
    const id = await fixture.send("stops");
    expect(await fixture.finished(id, "second")).toMatchObject({
      StandardOutputContent: "",
      ResponseCode: 0,
    });
    expect(await commandStatus(fixture, id)).toBe("Failed");
  });

  test("leaves out its second plugin when the first ends with 168, and is a Success", async () => {
    const id = await fixture.send("leaves-well");
    expect(await fixture.finished(id, "second")).toMatchObject({ StandardOutputContent: "" });
    expect(await commandStatus(fixture, id)).toBe("Success");
  });

  test("of several plugins is asked about by the plugin's name", async () => {
    const id = await fixture.send("goes-on");
    await expect(fixture.invocation(id)).rejects.toMatchObject({ name: "InvalidPluginName" });
  });
});

describe("a Command document that goes on too long", () => {
  let fixture: EndpointFixture;

  beforeAll(async () => {
    const endless = [
      "trap 'touch trapped' EXIT TERM",
      'cd "$(dirname "$0")"',
      "echo begun",
      "sleep 61 & sleep 62",
    ];
    fixture = await EndpointFixture.start(
      [
        command("limited", endless, { inputs: { timeoutSeconds: 50 } }),
        command("too-small-a-limit", "echo begun; sleep 0.3; echo done", { inputs: { timeoutSeconds: 4 } }),
        command("endless", endless),
      ],
      { clock: fastClock(50) },
    );
  });
  afterAll(() => fixture.close());

  test("is stopped after its plugin's timeoutSeconds and is TimedOut with the code 137", async () => {
    expect(await fixture.run("limited")).toMatchObject({
      Status: "TimedOut",
      StatusDetails: "ExecutionTimedOut",
      ResponseCode: 137,
      StandardOutputContent: "begun\n",
    });
  });

  test("is stopped with its whole process group, and no trap of it runs", async () => {
    const found = await fixture.run("limited");
    expect(processesWith(`SSM_COMMAND_ID=${found.CommandId}`)).toEqual([]);
    expect(existsSync(join(scriptOf(fixture, found.CommandId ?? ""), "../trapped"))).toBe(false);
  });

  test("has an hour when its timeoutSeconds is out of range, and nobody is told", async () => {
    expect(await fixture.run("too-small-a-limit")).toMatchObject({ Status: "Success" });
  });

  test("is stopped by CancelCommand, group and all, and is Cancelled", async () => {
    const id = await fixture.send("endless");
    await until(
      () => Promise.resolve(processesWith(`SSM_COMMAND_ID=${id}`)),
      (found) => found.length > 0,
    );
    await fixture.client.send(new CancelCommandCommand({ CommandId: id }));
    expect(await fixture.finished(id)).toMatchObject({ Status: "Cancelled", ResponseCode: 137 });
    expect(processesWith(`SSM_COMMAND_ID=${id}`)).toEqual([]);
  });
});

describe("sending a command", () => {
  let fixture: EndpointFixture;

  beforeAll(async () => {
    fixture = await EndpointFixture.start([
      command("named", "echo $SSM_Name", {
        parameters: { Name: PATTERNED, Mode: { type: "String", default: "a", allowedValues: ["a", "b"] } },
      }),
    ]);
  });
  afterAll(() => fixture.close());

  test.each([
    ["a value that does not match allowedPattern", { Name: ["UPPER"] }, /allowed pattern/],
    ["a value that is not among allowedValues", { Name: ["x"], Mode: ["c"] }, /allowed: \["a","b"\]/],
    ["no value for a parameter without default", {}, /"Name" requires a value/],
    ["a parameter that the document has not", { Name: ["x"], Other: ["y"] }, /"Other" is not defined/],
    ["two values for a String", { Name: ["x", "y"] }, /must be one String/],
  ])("is refused as InvalidParameters with %s", async (_what, Parameters, message) => {
    await expect(fixture.send("named", { Parameters })).rejects.toMatchObject({
      name: "InvalidParameters",
      message: expect.stringMatching(message) as string,
    });
  });

  test("takes an empty value where the pattern does", async () => {
    expect(await fixture.run("named", { Parameters: { Name: [""] } })).toMatchObject({ Status: "Success" });
  });

  test("is refused as InvalidDocument for a document that is not there", async () => {
    await expect(fixture.send("nameless")).rejects.toMatchObject({ name: "InvalidDocument" });
  });

  test("is refused as InvalidInstanceId for an instance that is not there", async () => {
    const sent = fixture.send("named", { InstanceIds: ["i-00000000000000000"], Parameters: { Name: ["x"] } });
    await expect(sent).rejects.toMatchObject({ name: "InvalidInstanceId" });
  });

  test("is refused by name for a setting that the lab would not honour", async () => {
    const sent = fixture.send("named", { Parameters: { Name: ["x"] }, OutputS3BucketName: "bucket" });
    await expect(sent).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("OutputS3BucketName") as string,
    });
  });

  test("is refused for a delivery timeout under 30 seconds", async () => {
    const sent = fixture.send("named", { Parameters: { Name: ["x"] }, TimeoutSeconds: 29 });
    await expect(sent).rejects.toMatchObject({ name: "ValidationException" });
  });

  test("lists every command newest first, a page at a time", async () => {
    for (const name of ["a", "b", "c"])
      await fixture.run("named", { Parameters: { Name: [name] }, Comment: name });
    const first = await fixture.client.send(new ListCommandsCommand({ MaxResults: 2 }));
    expect(first.Commands?.map((each) => each.Comment)).toEqual(["c", "b"]);
    const second = await fixture.client.send(
      new ListCommandsCommand({ MaxResults: 1, NextToken: first.NextToken }),
    );
    expect(second.Commands?.map((each) => each.Comment)).toEqual(["a"]);
  });
});

function scriptOf(fixture: EndpointFixture, commandId: string): string {
  const folder = join(fixture.folder, fixture.host.instanceId, "document/orchestration", commandId);
  return join(folder, "run/_script.sh");
}

async function pluginOf(fixture: EndpointFixture, CommandId: string) {
  const found = await fixture.client.send(new ListCommandInvocationsCommand({ CommandId, Details: true }));
  return found.CommandInvocations?.[0]?.CommandPlugins?.[0];
}

async function commandStatus(fixture: EndpointFixture, CommandId: string): Promise<string | undefined> {
  return until(
    async () => (await fixture.client.send(new ListCommandsCommand({ CommandId }))).Commands?.[0]?.Status,
    (status) => status !== "InProgress",
  );
}

/** The processes of this machine that have this in their environment. */
function processesWith(variable: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(variable);
    } catch {
      return false;
    }
  });
}
