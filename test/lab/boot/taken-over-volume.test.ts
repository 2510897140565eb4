import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../../lib/lab/host";
import type { Lab } from "../../../lib/lab/lab";
import { describeLab } from "../describe-lab";
import { bash, sql, until } from "../on-host";
import { provisioned, startTarget } from "./booting-target";

/** What stays when the instance is replaced. */
async function identityOf(host: Host): Promise<string> {
  const files = "sha256sum /var/lib/postgresql/tls/server.crt /var/lib/postgresql/.ssh/id_ed25519";
  const server = "SELECT system_identifier FROM pg_control_system(); SELECT count(*), sum(id) FROM kept";
  return [await sql(host, "postgres", server), await bash(host, files)].join("\n");
}

describeLab("A data volume with a cluster on it", () => {
  let folder: string;
  let image: string;
  let identity: string;

  beforeAll(async () => {
    folder = mkdtempSync("/var/tmp/taken-over-volume-");
    image = join(folder, "image");
    const lab = await startTarget();
    try {
      const { target } = lab.hosts;
      await target.awaitBoot();
      await sql(target, "postgres", "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id");
      identity = await identityOf(target);
      await target.kill(); // Its server leaves a cluster that has to recover.
      copyFileSync(target.volumeFile(), image);
    } finally {
      await lab.stop();
    }
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  let lab: Lab | undefined;
  afterEach(async () => {
    await lab?.stop();
  });

  test("is taken over as it is by another instance, whose postgres has another number", async () => {
    lab = await startTarget({ started: [], targetVolume: { image } });
    const { target } = lab.hosts;
    renumberPostgres(target.root, 4242);
    await provisioned(lab);
    await target.boot();
    expect(await identityOf(target)).toBe(identity);
    const result = JSON.parse(await bash(target, "cat /var/lib/timescale-cutover/boot.json")) as object;
    expect(result).toMatchObject({ dataVolume: { found: "cluster" } });
    expect(
      await bash(target, "find /var/lib/postgresql -mindepth 1 ! -user postgres ! -path '*/lost+found'"),
    ).toBe("");
    await target.reboot();
    expect(await identityOf(target)).toBe(identity);
  });

  test("of which a kill cut the change of owners short is taken over all the same", async () => {
    lab = await startTarget({ started: [], targetVolume: { image } });
    const { target } = lab.hosts;
    renumberPostgres(target.root, 4242);
    await provisioned(lab);
    // The change of owners comes as far as one file, and the host is killed.
    const [half, boots] = ["usr/local/bin/chown", "half-owned"];
    writeFileSync(
      join(target.root, half),
      `#!/bin/bash
case "$*" in
  "-hR postgres:postgres /var/lib/postgresql/"*)
    find "$3" -name PG_VERSION -exec /usr/bin/chown postgres:postgres {} +
    touch /${boots}
    sleep 1000 ;;
esac
exec /usr/bin/chown "$@"
`,
      { mode: 0o755 },
    );
    await target.start();
    await until("half of the files owned", () => existsSync(join(target.root, boots)));
    await target.kill();
    rmSync(join(target.root, half));
    await target.boot();
    expect(await identityOf(target)).toBe(identity);
  });
});

describeLab("A data volume with an empty file system on it", () => {
  let lab: Lab | undefined;
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync("/var/tmp/empty-volume-");
  });

  afterAll(async () => {
    await lab?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("is used as it is", async () => {
    const image = join(folder, "image");
    writeFileSync(image, "");
    truncateSync(image, 2 ** 30);
    execFileSync("mkfs.ext4", ["-q", "-F", "-U", "11111111-2222-3333-4444-555555555555", image]);
    lab = await startTarget({ targetVolume: { image } });
    await lab.hosts.target.awaitBoot();
    expect(await bash(lab.hosts.target, "findmnt --noheadings --output UUID /var/lib/postgresql")).toBe(
      "11111111-2222-3333-4444-555555555555",
    );
  });
});

/** Gives the root's postgres another number, as another image might. */
function renumberPostgres(root: string, id: number): void {
  const script = `
    user=$(id -u postgres) group=$(id -g postgres)
    usermod -u ${id} postgres && groupmod -g ${id} postgres
    find / -xdev -uid "$user" -exec chown -h postgres:postgres {} +
    find / -xdev -gid "$group" -exec chgrp -h postgres {} +`;
  execFileSync("chroot", [root, "sh", "-c", script]);
}
