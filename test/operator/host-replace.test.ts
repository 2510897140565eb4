import { interfaceId, newInstance, oldInstance, volumeId } from "./support/host-double";
import { back, going, hostName, identifier, ReplacedHost, stopped } from "./support/replaced-host";

const replaced = new ReplacedHost();

describe("host replace", () => {
  test("stops PostgreSQL, lifts the protection, terminates, has one deploy, and shows the same cluster", async () => {
    const { exitCode, stdout, stderr } = await replaced.replace();
    expect(exitCode).toBe(0);
    expect(replaced.host.changes).toEqual(["ModifyInstanceAttribute", "TerminateInstances"]);
    expect(replaced.aws.askedFor("SendCommand")).toMatchObject([
      { DocumentName: "timescale-cutover-lab-stop-server-host", InstanceIds: [oldInstance] },
      { DocumentName: "timescale-cutover-lab-host-status-host", InstanceIds: [newInstance] },
      { DocumentName: "timescale-cutover-lab-host-status-host", InstanceIds: [newInstance] },
    ]);
    expect(stderr.split("\n").filter((line) => !line.startsWith("  "))).toEqual([
      `About to replace the host ${hostName} of lab, ${oldInstance} (t3.medium, running):`,
      `timescale-cutover-lab-stop-server-host on ${oldInstance}, command 99999999-8888-4777-8666-555555555555 …`,
      `${oldInstance} is shutting-down; waiting until its volume and interface are free …`,
      "The volume and the interface are free. Deploy now, in another terminal:",
      "The stack timescale-cutover-lab-host is UPDATE_IN_PROGRESS; waiting for its end …",
      `${newInstance} has the host's place; waiting for its boot …`,
      "",
    ]);
    expect(stderr).toContain("\n  npx cdk deploy timescale-cutover-lab-host\n");
    expect(stdout.split("\n")).toEqual([
      `The host ${hostName} is ${newInstance}, generation 2. Its cluster is back:`,
      `  system identifier  ${identifier}, as it was stopped at 0/5000028`,
      "  PostgreSQL         16.10, archiving on",
      "  databases          postgres, tracker",
      "",
    ]);
  });

  test("says before the name is typed what is lost, what stays and what to deploy", async () => {
    const { stderr } = await replaced.replace();
    expect(stderr).toContain(
      `Kept: the data volume ${volumeId} with the cluster, and the interface ${interfaceId}`,
    );
    expect(stderr).toContain("Lost: the root volume, with logs and with what was changed by hand below /etc");
    expect(stderr).toContain("Then you deploy generation 2 in another terminal: npx cdk deploy");
  });

  test("tells as JSON which instance went, which came, and both sides of the cluster", async () => {
    const { stdout } = await replaced.replace("--json");
    expect(JSON.parse(stdout)).toEqual({
      ...{ instanceId: newInstance, generation: 2, terminated: oldInstance },
      ...{ cluster: back.cluster, stopped: stopped.cluster },
    });
  });

  test("asks EC2 whether the caller may do it before anything is done", async () => {
    await replaced.replace();
    const dry = ["ModifyInstanceAttribute?", "TerminateInstances?"];
    expect(replaced.host.asked.filter((action) => action.endsWith("?"))).toEqual(dry);
    expect(replaced.host.asked.indexOf("TerminateInstances?")).toBeLessThan(
      replaced.host.asked.indexOf("ModifyInstanceAttribute"),
    );
  });
});

describe("begun again, host replace goes on", () => {
  test("from a stopped PostgreSQL and a lifted protection: it is stopped once more, which changes nothing", async () => {
    replaced.host.instances.get(oldInstance)!.isProtected = false;
    expect((await replaced.replace()).exitCode).toBe(0);
    expect(replaced.host.changes).toEqual(["TerminateInstances"]);
  });

  test.each(["shutting-down", "terminated"])("from an instance that is %s", async (state) => {
    replaced.printing(back);
    replaced.host.instances.get(oldInstance)!.state = state;
    if (state === "terminated") replaced.host.holder = null;
    const { exitCode, stdout } = await replaced.replace("--json");
    expect(exitCode).toBe(0);
    expect(replaced.host.changes).toEqual([]);
    expect(JSON.parse(stdout)).toMatchObject({ terminated: null, instanceId: newInstance });
  });

  test("from a terminated instance whose place was not seen any more: that ends with 4", async () => {
    replaced.host.isSilentInTheEnd = true;
    const { exitCode, stderr } = await replaced.replace();
    expect(exitCode).toBe(4);
    expect(stderr).toContain(
      `The instance ${oldInstance} was terminated, and how it goes on cannot be seen: AccessDenied: Your session is over.`,
    );
    replaced.host.isSilentInTheEnd = false;
    replaced.printing(back);
    expect((await replaced.replace()).exitCode).toBe(0);
  });

  test("from a stack that fails under the deployment: that ends with 1", async () => {
    replaced.host.deployment = "failed";
    const { exitCode, stderr } = await replaced.replace();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `The instance ${oldInstance} was terminated. The stack timescale-cutover-lab-host is UPDATE_ROLLBACK_FAILED`,
    );
  });

  test("from an instance that EC2 has forgotten", async () => {
    replaced.printing(back);
    replaced.host.instances.delete(oldInstance);
    replaced.host.holder = null;
    expect((await replaced.replace()).exitCode).toBe(0);
  });

  test("from a deployed instance, whose cluster it shows; to replace that one it names the next generation", async () => {
    replaced.printing(going, back);
    replaced.host.instances.set(newInstance, replaced.host.instances.get(oldInstance)!);
    replaced.host.stack = {
      status: "UPDATE_COMPLETE",
      deployedAt: 1,
      generation: 2,
      instanceId: newInstance,
    };
    replaced.host.holder = newInstance;
    const { exitCode, stdout } = await replaced.replace();
    expect(exitCode).toBe(0);
    expect(replaced.host.changes).toEqual([]);
    expect(stdout).toContain("To replace this instance, write target.generation: 3 in bin/environments.ts.");
  });

  test("from an instance that a deployment left behind when it was rolled back", async () => {
    replaced.host.deployment = "rolled back";
    const failed = await replaced.replace();
    expect(failed).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(
        "has ended as UPDATE_ROLLBACK_COMPLETE, and its instance is still of generation 1",
      ),
    });
    expect(replaced.host.holder).toBe(newInstance);
    replaced.host.deployment = "not begun";
    replaced.aws.online.delete(newInstance);
    expect(await replaced.replace()).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`does not reach the instance ${newInstance}`),
    });
  });
});

describe("a PostgreSQL that does not stop", () => {
  const verdict = {
    ...{ step: "stop-server", status: "failed", code: "server-not-stopped" },
    ...{ message: "It waits for: archiver.", remedy: "Mend it." },
  };

  test("keeps the instance from being terminated, and is told in the step's own words", async () => {
    replaced.printing(verdict);
    const { exitCode, stderr } = await replaced.replace();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "Step stop-server on target: Failed (server-not-stopped)\n  It waits for: archiver.",
    );
    expect(stderr).toContain("nothing was terminated");
    expect(replaced.host.changes).toEqual([]);
  });

  test("does not where --unstopped says so; nor does a host that is not reached", async () => {
    replaced.printing(verdict, back);
    replaced.aws.commandInvocations = [];
    const { exitCode, stdout } = await replaced.replace("--unstopped");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`${identifier} (no record of a stop in order to compare with)`);
  });

  test("cannot be asked to where the host is not reached, and --unstopped goes on without", async () => {
    replaced.printing(back);
    replaced.aws.online.delete(oldInstance);
    const { exitCode, stderr } = await replaced.replace("--unstopped");
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      "PostgreSQL cannot be stopped there: on the next instance it recovers from its WAL",
    );
    expect(replaced.documents).toEqual(["timescale-cutover-lab-host-status-host"]);
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
    replaced.printing(stopped, status as typeof going);
    if (record === null) replaced.aws.commandInvocations = [];
    const { exitCode, stderr } = await replaced.replace();
    expect(stderr).toContain(told);
    expect(exitCode).toBe(1);
  });

  test("is asked again when the agent was restarted under the question", async () => {
    replaced.printing(stopped, back);
    replaced.aws.invocations.splice(1, 0, { Status: "Failed", StandardOutputContent: "" });
    expect((await replaced.replace()).exitCode).toBe(0);
  });

  test("that never tells of its boot is left with 4, to be looked for again", async () => {
    replaced.printing(stopped, going);
    const { exitCode, stderr } = await replaced.replace();
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`The instance ${newInstance} has not told for 60 min how its boot ended.`);
  });
});
