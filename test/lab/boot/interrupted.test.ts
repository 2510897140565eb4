import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../../lib/lab/host";
import type { Lab } from "../../../lib/lab/lab";
import { writeInRoot } from "../../../lib/lab/root-files";
import { describeLab } from "../describe-lab";
import { bash, sql, until } from "../on-host";
import { provisioned, signalOf, startTarget } from "./booting-target";

/** A mkfs that makes half a file system, says so, and hangs. */
const halfMkfs = `#!/bin/bash
/usr/sbin/mkfs.ext4 "$@"
dd if=/dev/zero of="\${!#}" bs=1M seek=1 count=20 conv=notrunc,fsync 2>/dev/null
touch /half
sleep 1000
`;

describeLab("A first boot that is cut short", () => {
  let lab: Lab;

  afterEach(async () => {
    await lab?.stop();
  });

  test("while the volume is formatted, while the cluster is made, and after, is completed by the next", async () => {
    lab = await startTarget({ started: [] });
    const { target } = lab.hosts;
    await provisioned(lab);
    writeInRoot(target.root, "usr/local/sbin/mkfs.ext4", halfMkfs, 0o755);
    await target.start();
    await until("half a file system", () => existsSync(join(target.root, "half")));
    await target.kill();
    rmSync(join(target.root, "usr/local/sbin/mkfs.ext4"));

    await target.start();
    await until("initdb at work", () => runs(target, "initdb"));
    await target.kill();

    await target.start();
    await until("server at work", () => runs(target, "postgres"));
    await target.kill();
    expect(await signalOf(lab)).toBeUndefined();

    await target.boot();
    expect(await bash(target, "ls /var/lib/postgresql; systemctl is-system-running")).not.toMatch(
      /unfinished|new/,
    );
    expect(await sql(target, "postgres", "SELECT 1")).toBe("1");
    expect(await signalOf(lab)).toMatchObject({ Status: "SUCCESS" });
  });

  test("before cloud-init starts its service, is completed by the next", async () => {
    lab = await startTarget({ started: [] });
    const { target } = lab.hosts;
    await provisioned(lab);
    // The first systemctl that cloud-init runs hangs.
    writeInRoot(
      target.root,
      "usr/local/bin/systemctl",
      '#!/bin/bash\n[ "$1" != daemon-reload ] || { touch /hanging; sleep 1000; }\nexec /usr/bin/systemctl "$@"\n',
      0o755,
    );
    await target.start();
    await until("cloud-init at the service", () => existsSync(join(target.root, "hanging")));
    await target.kill();
    rmSync(join(target.root, "usr/local/bin/systemctl"));

    await target.boot();
    expect(await sql(target, "postgres", "SELECT 1")).toBe("1");
  });
});

async function runs(host: Host, command: string): Promise<boolean> {
  return (await host.run(["pgrep", "--exact", command])).code === 0;
}
