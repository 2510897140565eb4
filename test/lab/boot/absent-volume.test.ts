import type { Lab } from "../../../lib/lab/lab";
import { describeLab } from "../describe-lab";
import { bash, sql, until } from "../on-host";
import { bootAgain, failureOf, lineOf, signalOf, startTarget } from "./booting-target";

describeLab("A data volume that is not attached when the host starts", () => {
  let lab: Lab;

  afterEach(async () => {
    await lab?.stop();
  });

  test("is waited for, and found at every later start", async () => {
    lab = await startTarget({ targetVolume: { attach: "later" } });
    const { target } = lab.hosts;
    await until("word that the boot waits", () => target.console().includes("waiting for the data volume"));
    await target.attachVolume();
    await target.awaitBoot();
    await sql(target, "postgres", "CREATE TABLE kept AS SELECT 1 AS one");
    await target.reboot();
    expect(await sql(target, "postgres", "SELECT one FROM kept")).toBe("1");
  });

  test("and never is, stops the boot; no cluster comes to lie on the root disk; attaching it later mends it", async () => {
    const settings = { VOLUME_WAIT_SECONDS: "2" };
    lab = await startTarget({ targetVolume: { attach: "later" }, settings });
    const { target } = lab.hosts;
    const failure = await failureOf(lab);
    expect(failure).toMatchObject({ step: "data-volume", code: "volume-absent" });
    expect(failure.message).toMatch(/vol-\w+ was not attached within 2 seconds/);
    expect(target.console()).toContain(lineOf(failure));
    expect(await signalOf(lab)).toMatchObject({
      Status: "FAILURE",
      UniqueId: expect.stringContaining(`${failure.code}-`),
    });
    const { major } = lab.postgresql;
    expect((await target.run(["systemctl", "start", `postgresql@${major}-main`])).code).not.toBe(0);
    expect((await target.run(["pg_createcluster", String(major), "main"])).code).not.toBe(0);
    expect(await bash(target, "find /var/lib/postgresql -mindepth 1 -type f")).toBe("");

    await target.attachVolume();
    expect(await bootAgain(target)).toMatchObject({ status: "succeeded" });
    expect(await sql(target, "postgres", "SELECT 1")).toBe("1");
  });
});
