import type { Lab } from "../../../lib/lab/lab";
import { writeInRoot } from "../../../lib/lab/root-files";
import { describeLab } from "../describe-lab";
import { bash, sql } from "../on-host";
import { bootAgain, failureOf, provisioned, startTarget } from "./booting-target";

describeLab("A root disk with a file where the data volume belongs", () => {
  let lab: Lab;

  afterEach(async () => {
    await lab?.stop();
  });

  test("stops the boot, which hides no file behind a mount; moved away, the boot goes on", async () => {
    lab = await startTarget({ started: [] });
    const { target } = lab.hosts;
    await provisioned(lab);
    writeInRoot(target.root, "var/lib/postgresql/precious", "of somebody\n");
    await target.start();
    expect(await failureOf(lab)).toMatchObject({
      step: "data-volume",
      code: "mount-point-not-empty",
      message: "/var/lib/postgresql holds files on the root disk (precious).",
    });
    expect(await bash(target, "cat /var/lib/postgresql/precious")).toBe("of somebody");

    await bash(target, "mv /var/lib/postgresql/precious /root");
    expect(await bootAgain(target)).toMatchObject({ status: "succeeded" });
    expect(await sql(target, "postgres", "SELECT 1")).toBe("1");
  });
});
