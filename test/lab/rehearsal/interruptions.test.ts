import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { seedSample } from "../../../lib/lab/seed/seed";
import { describeLab } from "../describe-lab";
import { bash, leftOnSource, managed, minute, rehearse, sql, startLab, until } from "./rehearsed";

describeLab("A rehearsal that is broken off half way", () => {
  let lab: RehearsalLab;
  const rowsOf = (host: "source" | "target") =>
    sql(
      lab.lab.hosts[host],
      "tracker",
      "SELECT count(*), count(DISTINCT device_id) FROM device; SELECT count(*) FROM position_report",
    );

  beforeAll(async () => {
    lab = await startLab();
    await lab.deploy(managed);
    await seedSample(lab.lab.hosts.source, { database: "tracker", sizeMb: 120 });
  }, 15 * minute);

  afterAll(async () => {
    await lab?.stop();
  }, minute);

  /** Waits until rows are being restored. */
  const restoring = () =>
    until("restore of rows on the target", async () => {
      if (!lab.lab.hosts.target.isUp()) return false;
      const { stdout } = await lab.lab.hosts.target.run(["pgrep", "--exact", "--list-full", "pg_restore"]);
      return stdout.includes("rest.list");
    });

  /** The next run starts clean, and no row is there twice. */
  async function expectNextToSucceed(): Promise<void> {
    const next = await rehearse(lab);
    expect(next.report).toMatchObject({
      outcome: "succeeded",
      fingerprint: { differentRelations: [], differentCatalogLines: [] },
    });
    expect(await rowsOf("target")).toBe(await rowsOf("source"));
  }

  test(
    "by pg_restore's death fails, releases the source, and the next run succeeds with no row twice",
    async () => {
      const killed = restoring().then(() =>
        bash(lab.lab.hosts.target, "kill -KILL $(pgrep --exact pg_restore)"),
      );
      const [broken] = await Promise.all([rehearse(lab), killed]);
      expect(broken.code).toBe(1);
      expect(broken.stderr).toMatch(/Step restore on target: Failed/);
      expect(await leftOnSource(lab)).toBe("");
      await expectNextToSucceed();
    },
    5 * minute,
  );

  test(
    "by the target's death fails, releases the source, and the next run succeeds with no row twice",
    async () => {
      const killed = restoring().then(async () => {
        await lab.lab.hosts.target.kill();
        await lab.lab.hosts.target.boot();
      });
      const [broken] = await Promise.all([rehearse(lab), killed]);
      expect(broken.code).toBe(1);
      expect(broken.report.outcome).toBe("failed");
      expect(await leftOnSource(lab)).toBe("");
      await expectNextToSucceed();
    },
    8 * minute,
  );
});
