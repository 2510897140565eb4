import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Environment } from "../../../lib/config/environment";
import { stopServer } from "../../../lib/host/replacement-documents";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { Relay } from "../../../lib/runbook/relay";
import { runStep, type StepResult } from "../cutover/run-step";
import { describeLab } from "../describe-lab";
import { bash, sql, until } from "../on-host";
import { prepared, startRehearsalLab } from "../start-rehearsal-lab";

/** The same document with less patience. */
const impatient = "stop-server-soon";

/** What `cutover host replace` runs on the two instances stands in the host stack. */
function beside(environment: Environment) {
  const stack = new Stack(new App(), "beside", { env: environment.aws });
  new Relay(stack, "Relay", environment);
  stopServer(stack, environment, { name: impatient, seconds: 5 });
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
}

describeLab("A host that is replaced", () => {
  let lab: RehearsalLab;
  let runs = 0;
  let cluster: { systemIdentifier: string };

  const target = () => lab.lab.hosts.target;
  const step = (name: string): Promise<StepResult> =>
    runStep(lab, "target", `${name}-host`, { RunId: `r20261121-000000-${String(++runs).padStart(4, "0")}` });
  const server = (action: string) =>
    bash(target(), `systemctl ${action} postgresql@${lab.lab.postgresql.major}-main`);
  const isRunning = async () => (await bash(target(), "pg_lsclusters --no-header")).includes(" online ");
  const kept = () => sql(target(), "postgres", "SELECT count(*), sum(id) FROM kept");

  beforeAll(async () => {
    lab = await startRehearsalLab({ synthesize: beside, started: ["target"] });
    await prepared(lab, async () => {
      await lab.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
      await sql(target(), "postgres", "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id");
      const systemIdentifier = await sql(
        target(),
        "postgres",
        "SELECT system_identifier FROM pg_control_system()",
      );
      cluster = { systemIdentifier };
    });
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("tells which cluster answers", async () => {
    expect(await step("host-status")).toMatchObject({
      status: "succeeded",
      boot: { status: "succeeded" },
      cluster: { ...cluster, inRecovery: false, databases: ["postgres"] },
    });
  });

  test("whose archiver does not end has a server that does not stop: it is named, and goes on stopping", async () => {
    const hanging = "ALTER SYSTEM SET archive_mode = on; ALTER SYSTEM SET archive_command = 'sleep 7654';";
    await sql(target(), "postgres", hanging);
    await server("restart");
    await sql(
      target(),
      "postgres",
      "SELECT pg_switch_wal(); ALTER SYSTEM RESET archive_mode; ALTER SYSTEM RESET archive_command;",
    );
    await until("archiver at work", async () =>
      (await bash(target(), "ps -e -o args")).includes("sleep 7654"),
    );
    expect(await step(impatient)).toMatchObject({
      status: "failed",
      code: "server-not-stopped",
      message: expect.stringMatching(/has not stopped within 5 s\. It waits for: .*archiver/),
    });
    await bash(target(), "kill $(ps -e -o pid=,args= | awk '$2 == \"sleep\" && $3 == 7654 { print $1 }')");
    await until("server that has stopped", async () => !(await isRunning()));
  });

  test("has a server that crashed: it is not taken for one that was stopped", async () => {
    await server("start");
    await bash(target(), "kill -9 $(sed -n 1p /var/lib/postgresql/*/main/postmaster.pid)");
    await until("server that has crashed", async () => !(await isRunning()));
    expect(await step("stop-server")).toMatchObject({
      status: "failed",
      code: "server-crashed",
      message: expect.stringContaining("its control file says 'in production'"),
    });
    await server("restart");
  });

  test("is stopped in order, and stopping it again only says so", async () => {
    const stopped = { status: "succeeded", cluster: { ...cluster, state: "shut down" } };
    const first = await step("stop-server");
    expect(first).toMatchObject(stopped);
    expect(await isRunning()).toBe(false);
    expect((await step("stop-server"))["cluster"]).toEqual(first["cluster"]);
  });

  test("gives its cluster to the instance that takes its volume, which tells of it once it has booted", async () => {
    await lab.lab.replaceTarget("kept");
    expect(await step("host-status")).toMatchObject({
      status: "succeeded",
      boot: { status: "succeeded", dataVolume: { found: "cluster" } },
      cluster: { ...cluster, inRecovery: false, archiving: "off" },
    });
    expect(await kept()).toBe("1000|500500");
  });

  test("whose boot failed, or goes on, tells that and asks no server", async () => {
    const boot = "/var/lib/timescale-cutover/boot.json";
    await bash(
      target(),
      `cp ${boot} ${boot}.kept; sed -i 's/"status":"succeeded"/"status":"failed","step":"s","code":"c","message":"m","remedy":"r"/' ${boot}`,
    );
    expect(await step("host-status")).toMatchObject({
      boot: { status: "failed", step: "s", code: "c", message: "m", remedy: "r" },
      cluster: null,
    });
    await bash(target(), `sed -i 's/"bootId":"[^"]*"/"bootId":"another"/' ${boot}`);
    expect(await step("host-status")).toMatchObject({ status: "succeeded", boot: null, cluster: null });
    await bash(target(), `mv ${boot}.kept ${boot}`);
  });
});
