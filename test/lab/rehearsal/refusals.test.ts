import {
  GetAutomationExecutionCommand,
  SSMClient,
  StartAutomationExecutionCommand,
} from "@aws-sdk/client-ssm";
import { labCredentials } from "../../../lib/lab/rehearsal/aws-contents";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { seedSample } from "../../../lib/lab/seed/seed";
import { describeLab } from "../describe-lab";
import {
  bash,
  leftOnSource,
  managed,
  type Rehearsed,
  rehearse,
  sql,
  startLab,
  stateOfSource,
  until,
} from "./rehearsed";

/** Starts a rehearsal as the stock AWS CLI does, waits for its end, and gives what became of its lock. */
async function lockOf(lab: RehearsalLab, runId: string): Promise<string | undefined> {
  const { endpoint } = lab;
  const region = lab.environment.aws.region;
  const ssm = new SSMClient({
    ...{ region, credentials: labCredentials },
    endpoint: lab.operatorEnvironment()["AWS_ENDPOINT_URL_SSM"] ?? "",
  });
  const DocumentName = "timescale-cutover-prod-Rehearsal";
  const { AutomationExecutionId = "" } = await ssm.send(
    new StartAutomationExecutionCommand({ DocumentName, Parameters: { RunId: [runId] } }),
  );
  await endpoint.ended(AutomationExecutionId);
  const { AutomationExecution } = await ssm.send(
    new GetAutomationExecutionCommand({ AutomationExecutionId }),
  );
  return AutomationExecution?.StepExecutions?.find(({ StepName }) => StepName === "lock")?.StepStatus;
}

describeLab("A rehearsal that cannot go well", () => {
  let lab: RehearsalLab;
  let stateBefore: string;

  beforeAll(async () => {
    lab = await startLab();
    await lab.deploy(managed);
    await seedSample(lab.lab.hosts.source, { database: "tracker", sizeMb: 30 });
    stateBefore = await stateOfSource(lab);
  });

  afterAll(async () => {
    await lab?.stop();
  });

  /** The run failed at that step with that code, said what to do, and left the source as it was. */
  async function expectRefusal(
    rehearsed: Rehearsed,
    step: string,
    code: string,
    message: RegExp,
    remedy: RegExp,
  ): Promise<void> {
    expect(rehearsed.stderr).toMatch(new RegExp(`Step ${step} on \\w+: Failed \\(${code}\\)`));
    expect(rehearsed.stderr).toMatch(message);
    expect(rehearsed.stderr).toMatch(remedy);
    expect(rehearsed.code).toBe(1);
    expect(rehearsed.report.outcome).toBe("failed");
    expect(await leftOnSource(lab)).toBe("");
    expect(await stateOfSource(lab)).toBe(stateBefore);
  }

  test("stops at a wrong password, and names the secret that holds it", async () => {
    await lab.deploy({ ...managed, source: "network" });
    await lab.setSourcePassword("not the password");
    const refused = await rehearse(lab);
    await expectRefusal(
      refused,
      "inspectSource",
      "source-wrong-password",
      /refused the password of postgres/,
      /secret timescale-cutover\/lab\/source-password/,
    );
    expect(refused.stderr + refused.stdout).not.toContain("not the password");
  });

  test("stops at a source database that does not exist, and names it", async () => {
    await lab.deploy({ ...managed, database: "trackr" });
    await expectRefusal(
      await rehearse(lab),
      "inspectSource",
      "source-database-missing",
      /no database named trackr/,
      /Correct database\.name/,
    );
  });

  describe("on the managed source", () => {
    beforeAll(async () => {
      await lab.deploy(managed);
    });

    test("stops at an extension that the target does not have, and names it", async () => {
      const control = `/usr/share/postgresql/${lab.lab.postgresql.major}/extension/pg_trgm.control`;
      await bash(lab.lab.hosts.target, `mv ${control} ${control}.away`);
      const refused = await rehearse(lab);
      await bash(lab.lab.hosts.target, `mv ${control}.away ${control}`);
      await expectRefusal(
        refused,
        "inspectTarget",
        "target-extension-missing",
        /does not have: pg_trgm/,
        /Install their packages on the target/,
      );
    });

    test("stops at another TimescaleDB version on the target, and names both", async () => {
      const control = `/usr/share/postgresql/${lab.lab.postgresql.major}/extension/timescaledb.control`;
      await bash(
        lab.lab.hosts.target,
        `cp ${control} ${control}.kept; sed -i "s/^default_version = .*/default_version = '2.99.0'/" ${control}`,
      );
      const refused = await rehearse(lab);
      await bash(lab.lab.hosts.target, `mv ${control}.kept ${control}`);
      await expectRefusal(
        refused,
        "inspectTarget",
        "target-extension-version",
        new RegExp(
          `timescaledb 2\\.99\\.0 \\(the source has ${lab.lab.timescaledb.replaceAll(".", "\\.")}\\)`,
        ),
        /Install the source's versions on the target/,
      );
    });

    test("stops at a data volume without room, and says how much the restore may need", async () => {
      await bash(
        lab.lab.hosts.target,
        "fallocate -l $(($(df --output=avail -B1 /var/lib/postgresql | tail -n 1) - 20000000)) /var/lib/postgresql/filler",
      );
      const refused = await rehearse(lab);
      await bash(lab.lab.hosts.target, "rm /var/lib/postgresql/filler");
      await expectRefusal(
        refused,
        "inspectTarget",
        "no-room-on-target",
        /may need \d+ MiB; the data volume at \/var\/lib\/postgresql has \d+ MiB/,
        /enlarge target\.dataVolumeGiB/,
      );
    });

    test("stops at a dump directory without room, and says how much the dump may need", async () => {
      await bash(
        lab.lab.hosts.source,
        "install -d /var/lib/timescale-cutover/dump; mount -t tmpfs -o size=1m tmpfs /var/lib/timescale-cutover/dump",
      );
      const refused = await rehearse(lab);
      await bash(lab.lab.hosts.source, "umount /var/lib/timescale-cutover/dump");
      await expectRefusal(
        refused,
        "inspectSource",
        "no-room-for-dump",
        /dump may need \d+ MiB; \/var\/lib\/timescale-cutover\/dump on the dump host has [01] MiB/,
        /Make room there/,
      );
    });

    beforeEach(async () => {
      // Each test stands alone, whatever the one before it left.
      await sql(lab.lab.hosts.target, "postgres", "DROP DATABASE IF EXISTS tracker WITH (FORCE)");
    });

    test("never writes over a database on the target that no run made, unless --replace names it", async () => {
      await sql(lab.lab.hosts.target, "postgres", "CREATE DATABASE tracker");
      await sql(lab.lab.hosts.target, "tracker", "CREATE TABLE precious AS SELECT 1 AS one");
      const refused = await rehearse(lab);
      await expectRefusal(
        refused,
        "inspectTarget",
        "target-database-exists",
        /has a database named tracker already/,
        /name it: --replace tracker/,
      );
      expect(await sql(lab.lab.hosts.target, "tracker", "SELECT one FROM precious")).toBe("1");

      const replaced = await rehearse(lab, "--replace", "tracker");
      expect({ code: replaced.code, outcome: replaced.report.outcome }).toEqual({
        code: 0,
        outcome: "succeeded",
      });
      expect(await sql(lab.lab.hosts.target, "tracker", "SELECT to_regclass('precious') IS NULL")).toBe("t");
    });

    test("takes over the target's lock of a run that has ended", async () => {
      const [ended, lock] = ["00000000-0000-0000-0000-000000000000", "/var/lib/timescale-cutover/lock"];
      await bash(lab.lab.hosts.target, `echo 'r20260101-000000-gone ${ended}' >${lock}`);
      const taken = await rehearse(lab);
      expect(taken.report.outcome).toBe("succeeded");
      expect(await bash(lab.lab.hosts.target, `[ ! -e ${lock} ] && echo free`)).toBe("free");
    });

    test("takes one stale lock over once, however many runs start at the same time", async () => {
      const [ended, lock] = ["00000000-0000-0000-0000-000000000000", "/var/lib/timescale-cutover/lock"];
      await bash(lab.lab.hosts.target, `echo 'r20260101-000000-gone ${ended}' >${lock}`);
      const runs = ["r20261206-070000-one1", "r20261206-070000-two2", "r20261206-070000-thr3"];
      const locks = await Promise.all(runs.map((runId) => lockOf(lab, runId)));
      expect(locks.sort()).toEqual(["Failed", "Failed", "Success"]);
      expect(await bash(lab.lab.hosts.target, `[ ! -e ${lock} ] && echo free`)).toBe("free");
    });

    test("is never begun with the id of another run, whose results it would take for its own", async () => {
      const runId = "r20261206-080000-once";
      expect((await rehearse(lab, "--run-id", runId)).report.outcome).toBe("succeeded");
      const kept = () =>
        bash(
          lab.lab.hosts.target,
          `cd /var/lib/timescale-cutover/${runId}; find . -type f -exec sha256sum {} + | sort`,
        );
      const before = await kept();
      const again = await rehearse(lab, "--run-id", runId);
      await expectRefusal(
        again,
        "lock",
        "run-id-used",
        new RegExp(`The run id ${runId} belongs to`),
        /id of its own/,
      );
      expect(await kept()).toBe(before);
    });

    // With the second of its sessions that locks the table pg_dump has begun: its own processes then give up by themselves.
    test.each([
      ["its snapshot", 1],
      ["pg_dump", 2],
    ])(
      "gives way where a session of production waits behind %s, and names that session",
      async (_, sessions) => {
        await lab.deploy({ ...managed, maxBlockedSeconds: 1 });
        let isOver = false;
        const rehearsed = rehearse(lab).finally(() => (isOver = true));
        const waiter = until("lock of the run's", async () => {
          if (isOver) throw new Error("The run was over before it had locked the table.");
          const held = await sql(
            lab.lab.hosts.source,
            "tracker",
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE relation = to_regclass('device') AND granted AND application_name LIKE 'timescale-cutover%'",
          );
          return Number(held) >= sessions;
        }).then(() =>
          sql(
            lab.lab.hosts.source,
            "tracker",
            "SET application_name TO 'nightly job'; SET lock_timeout TO '60s'; BEGIN; LOCK TABLE device IN ACCESS EXCLUSIVE MODE; ROLLBACK",
          ),
        );
        const [refused] = await Promise.all([rehearsed, waiter]);
        expect(refused.report.outcome).toBe("failed");
        expect(refused.stderr).toMatch(
          /gave way to production: nightly job \(pid \d+, postgres\) waits for \d+ s: .*LOCK TABLE device/,
        );
        expect(await leftOnSource(lab)).toBe("");
      },
    );
  });
});
