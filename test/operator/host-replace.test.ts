import type { EnvironmentInput } from "../../lib/config/environment";
import { cutoverIn, withAwsDouble } from "./support/command-line";
import { lab } from "./support/environment";
import { HostDouble, interfaceId, newInstance, oldInstance, volumeId } from "./support/host-double";
import { listing } from "./support/run";

const double = withAwsDouble();
let host: HostDouble;

const name = "timescale-cutover-lab-target";
const identifier = "7301234567890123456";
const stopped = {
  ...{ step: "stop-server", status: "succeeded" },
  cluster: { systemIdentifier: identifier, state: "shut down", checkpoint: "0/5000028" },
};
const going = { step: "host-status", status: "succeeded", boot: null, cluster: null };
const back = {
  ...going,
  boot: { status: "succeeded", dataVolume: { found: "cluster" } },
  cluster: {
    ...{ systemIdentifier: identifier, version: "16.10", inRecovery: false, archiving: "on" },
    databases: ["postgres", "tracker"],
  },
};

/** What the commands print, one after the other; the last stays. One that says that it failed has failed. */
function printing(...results: { status: string }[]): void {
  double.aws.invocations = results.map((result) => ({
    Status: result.status === "failed" ? "Failed" : "Success",
    StandardOutputContent: `${JSON.stringify(result)}\n`,
  }));
}

/** Systems Manager's record of the command that stopped PostgreSQL. */
function recordStop(result: unknown = stopped): void {
  double.aws.commandInvocations = [
    { RequestedDateTime: 1795238000, CommandPlugins: [{ Output: JSON.stringify(result) }] },
  ];
}

beforeEach(async () => {
  host = await HostDouble.start();
  process.env["AWS_ENDPOINT_URL_EC2"] = host.url;
  process.env["AWS_ENDPOINT_URL_CLOUDFORMATION"] = host.url;
  double.aws.online.add(oldInstance).add(newInstance);
  printing(stopped, going, back);
  recordStop();
});

afterEach(() => host.stop());

function generation(number: number): EnvironmentInput {
  return { ...lab, target: { ...lab.target, generation: number } };
}

function replace(...more: string[]): ReturnType<typeof cutoverIn> {
  return cutoverIn(generation(2), "host", "replace", "--env", "lab", "--confirm", name, ...more);
}

const documents = () => double.aws.askedFor("SendCommand").map(({ DocumentName }) => DocumentName);

describe("host replace", () => {
  test("stops PostgreSQL, lifts the protection, terminates, has one deploy, and shows the same cluster", async () => {
    const { exitCode, stdout, stderr } = await replace();
    expect(exitCode).toBe(0);
    expect(host.changes).toEqual(["ModifyInstanceAttribute", "TerminateInstances"]);
    expect(double.aws.askedFor("SendCommand")).toMatchObject([
      { DocumentName: "timescale-cutover-lab-stop-server", InstanceIds: [oldInstance] },
      { DocumentName: "timescale-cutover-lab-host-status", InstanceIds: [newInstance] },
      { DocumentName: "timescale-cutover-lab-host-status", InstanceIds: [newInstance] },
    ]);
    expect(stderr.split("\n").filter((line) => !line.startsWith("  "))).toEqual([
      `About to replace the host ${name} of lab, ${oldInstance} (t3.medium, running):`,
      `timescale-cutover-lab-stop-server on ${oldInstance}, command 99999999-8888-4777-8666-555555555555 …`,
      `${oldInstance} is shutting-down; waiting until its volume and interface are free …`,
      "The volume and the interface are free. Deploy now, in another terminal:",
      "The stack timescale-cutover-lab-host is UPDATE_IN_PROGRESS; waiting for its end …",
      `${newInstance} has the host's place; waiting for its boot …`,
      "",
    ]);
    expect(stderr).toContain("\n  npx cdk deploy timescale-cutover-lab-host\n");
    expect(stdout.split("\n")).toEqual([
      `The host ${name} is ${newInstance}, generation 2. Its cluster is back:`,
      `  system identifier  ${identifier}, as it was stopped at 0/5000028`,
      "  PostgreSQL         16.10, archiving on",
      "  databases          postgres, tracker",
      `Write target.instanceId: "${newInstance}" in bin/environments.ts, and deploy the runbook stack where it stands.`,
      "",
    ]);
  });

  test("says before the name is typed what is lost, what stays and what to deploy", async () => {
    const { stderr } = await replace();
    expect(stderr).toContain(
      `Kept: the data volume ${volumeId} with the cluster, and the interface ${interfaceId}`,
    );
    expect(stderr).toContain("Lost: the root volume, with logs and with what was changed by hand below /etc");
    expect(stderr).toContain("Then you deploy generation 2 in another terminal: npx cdk deploy");
  });

  test("tells as JSON which instance went, which came, and both sides of the cluster", async () => {
    const { stdout } = await replace("--json");
    expect(JSON.parse(stdout)).toEqual({
      ...{ instanceId: newInstance, generation: 2, terminated: oldInstance },
      ...{ cluster: back.cluster, stopped: stopped.cluster },
    });
  });

  test("asks EC2 whether the caller may do it before anything is done", async () => {
    await replace();
    const dry = ["ModifyInstanceAttribute?", "TerminateInstances?"];
    expect(host.asked.filter((action) => action.endsWith("?"))).toEqual(dry);
    expect(host.asked.indexOf("TerminateInstances?")).toBeLessThan(
      host.asked.indexOf("ModifyInstanceAttribute"),
    );
  });
});

describe("begun again, host replace goes on", () => {
  test("from a stopped PostgreSQL and a lifted protection: it is stopped once more, which changes nothing", async () => {
    host.instances.get(oldInstance)!.isProtected = false;
    expect((await replace()).exitCode).toBe(0);
    expect(host.changes).toEqual(["TerminateInstances"]);
  });

  test.each(["shutting-down", "terminated"])("from an instance that is %s", async (state) => {
    printing(back);
    host.instances.get(oldInstance)!.state = state;
    if (state === "terminated") host.holder = null;
    const { exitCode, stdout } = await replace("--json");
    expect(exitCode).toBe(0);
    expect(host.changes).toEqual([]);
    expect(JSON.parse(stdout)).toMatchObject({ terminated: null, instanceId: newInstance });
  });

  test("from an instance that EC2 has forgotten", async () => {
    printing(back);
    host.instances.delete(oldInstance);
    host.holder = null;
    expect((await replace()).exitCode).toBe(0);
  });

  test("from a deployed instance, whose cluster it shows; to replace that one it names the next generation", async () => {
    printing(going, back);
    host.instances.set(newInstance, host.instances.get(oldInstance)!);
    host.stack = { status: "UPDATE_COMPLETE", deployedAt: 1, generation: 2, instanceId: newInstance };
    host.holder = newInstance;
    const { exitCode, stdout } = await replace();
    expect(exitCode).toBe(0);
    expect(host.changes).toEqual([]);
    expect(stdout).toContain("To replace this instance, write target.generation: 3 in bin/environments.ts.");
  });

  test("from an instance that a deployment left behind when it was rolled back", async () => {
    host.deployment = "rolled back";
    const failed = await replace();
    expect(failed).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(
        "has ended as UPDATE_ROLLBACK_COMPLETE, and its instance is still of generation 1",
      ),
    });
    expect(host.holder).toBe(newInstance);
    host.deployment = "not begun";
    double.aws.online.delete(newInstance);
    expect(await replace()).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`does not reach the instance ${newInstance}`),
    });
  });
});

describe("host replace refuses, with nothing changed", () => {
  const refusals: [string, () => void, number, string][] = [
    [
      "while a run is in progress",
      () => void (double.aws.listed = [listing("Cutover", "InProgress")]),
      3,
      "A cutover of lab is in progress",
    ],
    [
      "a volume that would go with the instance",
      () => void (host.goesWithInstance.volume = true),
      3,
      `EC2 would delete ${volumeId} together with the instance ${oldInstance}`,
    ],
    [
      "an interface that would go with the instance",
      () => void (host.goesWithInstance.interface = true),
      3,
      `EC2 would delete ${interfaceId} together with the instance ${oldInstance}`,
    ],
    [
      "a caller who may not terminate",
      () => void (host.denied = "TerminateInstances"),
      3,
      "These credentials lack ec2:TerminateInstances: UnauthorizedOperation: You are not authorized.",
    ],
    [
      "a host that Systems Manager does not reach",
      () => void double.aws.online.delete(oldInstance),
      3,
      `Systems Manager does not reach the instance ${oldInstance} (running)`,
    ],
    [
      "a stack of which CloudFormation replaces nothing",
      () => void (host.stack.status = "UPDATE_FAILED"),
      3,
      "The stack timescale-cutover-lab-host is UPDATE_FAILED",
    ],
    [
      "an instance that the stack did not make, with the host's volume",
      () => {
        host.instances.set("i-0dddddddddddddddd", { state: "running", isProtected: false, name: "other" });
        host.holder = "i-0dddddddddddddddd";
      },
      3,
      "is at i-0dddddddddddddddd (other), which this stack did not make",
    ],
    [
      "a lower generation than is deployed",
      () => void (host.stack.generation = 3),
      2,
      "target.generation of lab is 2; deployed is 3 already",
    ],
    [
      "a lost instance of the same generation: a deployment would change nothing",
      () => {
        host.stack.generation = 2;
        host.instances.get(oldInstance)!.state = "terminated";
        host.holder = null;
      },
      2,
      "A deployment would change nothing.\n  Write target.generation: 3",
    ],
  ];
  test.each(refusals)("%s", async (_, arrange, code, told) => {
    arrange();
    const { exitCode, stderr } = await replace();
    expect(stderr).toContain(told);
    expect(exitCode).toBe(code);
    expect(host.changes).toEqual([]);
    expect(documents()).toEqual([]);
  });

  test.each([
    [[], "the name of the host of lab"],
    [["--confirm", "tracker"], `the host of lab is "${name}"`],
  ])("%j: the host's name is wanted, and AWS is asked nothing", async (more, told) => {
    const { exitCode, stderr } = await cutoverIn(generation(2), "host", "replace", "--env", "lab", ...more);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(told);
    expect([...host.asked, ...double.aws.asked]).toEqual([]);
  });
});

describe("a PostgreSQL that does not stop", () => {
  const verdict = {
    ...{ step: "stop-server", status: "failed", code: "server-not-stopped" },
    ...{ message: "It waits for: archiver.", remedy: "Mend it." },
  };

  test("keeps the instance from being terminated, and is told in the step's own words", async () => {
    printing(verdict);
    const { exitCode, stderr } = await replace();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "Step stop-server on target: Failed (server-not-stopped)\n  It waits for: archiver.",
    );
    expect(stderr).toContain("nothing was terminated");
    expect(host.changes).toEqual([]);
  });

  test("does not where --unstopped says so; nor does a host that is not reached", async () => {
    printing(verdict, back);
    double.aws.commandInvocations = [];
    const { exitCode, stdout } = await replace("--unstopped");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`${identifier} (no record of a stop in order to compare with)`);
  });

  test("cannot be asked to where the host is not reached, and --unstopped goes on without", async () => {
    printing(back);
    double.aws.online.delete(oldInstance);
    const { exitCode, stderr } = await replace("--unstopped");
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      "PostgreSQL cannot be stopped there: on the next instance it recovers from its WAL",
    );
    expect(documents()).toEqual(["timescale-cutover-lab-host-status"]);
  });
});

describe("the instance that came", () => {
  test.each<[string, object, unknown, string]>([
    [
      "whose boot failed is told in the boot's own words",
      {
        ...going,
        boot: { status: "failed", step: "packages", code: "p", message: "No package.", remedy: "Mend." },
      },
      stopped,
      `The boot of the instance ${newInstance} failed at packages (p): No package.\n  Mend. Then run this again`,
    ],
    [
      "with another cluster is told with both identifiers",
      { ...back, cluster: { ...back.cluster, systemIdentifier: "1" } },
      stopped,
      `another cluster answers, 1; the one that was stopped is ${identifier}`,
    ],
    [
      "with a blank volume is told, though no stop is on record",
      { ...back, boot: { status: "succeeded", dataVolume: { found: "blank" } } },
      null,
      "the boot found the data volume blank and made it",
    ],
  ])("%s, and it ends with 1", async (_, status, record, told) => {
    printing(stopped, status as typeof going);
    if (record === null) double.aws.commandInvocations = [];
    const { exitCode, stderr } = await replace();
    expect(stderr).toContain(told);
    expect(exitCode).toBe(1);
  });

  test("is asked again when the agent was restarted under the question", async () => {
    printing(stopped, back);
    double.aws.invocations.splice(1, 0, { Status: "Failed", StandardOutputContent: "" });
    expect((await replace()).exitCode).toBe(0);
  });

  test("that never tells of its boot is left with 4, to be looked for again", async () => {
    printing(stopped, going);
    const { exitCode, stderr } = await replace();
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`The instance ${newInstance} has not told for 60 min how its boot ended.`);
  });
});
