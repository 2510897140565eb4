import { freePort } from "../../../lib/lab/port-forward";
import type { Lab } from "../../../lib/lab/lab";
import { describeLab } from "../describe-lab";
import { bash, sql } from "../on-host";
import { failureOf, startTarget } from "./booting-target";

describeLab("A later start of the target", () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await startTarget();
    await lab.hosts.target.awaitBoot();
    await sql(lab.hosts.target, "postgres", "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id");
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test.each(["reboot", "kill"] as const)(
    "after a %s finds the volume and the cluster, and every row that was committed",
    async (end) => {
      const { target } = lab.hosts;
      const before = await bootId();
      if (end === "reboot") await target.reboot();
      else await target.kill().then(() => target.boot());
      const result = JSON.parse(await bash(target, "cat /var/lib/timescale-cutover/boot.json")) as object;
      expect(result).toMatchObject({ status: "succeeded", dataVolume: { found: "mounted" } });
      expect(await bootId()).not.toBe(before);
      expect(await sql(target, "postgres", "SELECT count(*) FROM kept")).toBe("1000");
    },
  );

  test("serves the database even when AWS cannot be reached, and says what could not", async () => {
    const { target } = lab.hosts;
    await lab.aws.exposeSsm(await freePort());
    await target.kill();
    await target.start();
    expect(await failureOf(lab)).toMatchObject({ code: "boot-document-missing" });
    expect(await sql(target, "postgres", "SELECT count(*) FROM kept")).toBe("1000");
  });

  async function bootId(): Promise<string> {
    return bash(lab.hosts.target, "cat /proc/sys/kernel/random/boot_id");
  }
});
