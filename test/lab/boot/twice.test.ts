import type { Host } from "../../../lib/lab/host";
import type { Lab } from "../../../lib/lab/lab";
import { writeInRoot } from "../../../lib/lab/root-files";
import { describeLab } from "../describe-lab";
import { bash, sql } from "../on-host";
import { bootAgain, startTarget } from "./booting-target";

/** Every file that the boot could touch, a line each: path, mode, owner, time of change, and digest or link. */
const manifestScript = `
  list() {
    find "$@" -type f -printf '%p %m %u:%g %T@ ' -exec sha256sum {} \\; | cut -d' ' -f1-5
    find "$@" ! -type f -printf '%p %m %u:%g %l\\n'
  }
  list /etc /usr/local
  list /var/lib/postgresql -maxdepth 1
  list /var/lib/postgresql/tls /var/lib/postgresql/.ssh /var/lib/postgresql/*/main/PG_VERSION`;

/** What cloud-init itself writes for each instance; not the boot's. */
const ofCloudInit = /^\/etc\/(ssh\/ssh_host_|sudoers\.d\/90-cloud-init-users|hosts |hostname )/;

describeLab("A boot that runs twice", () => {
  let lab: Lab;
  let target: Host;

  beforeAll(async () => {
    lab = await startTarget();
    ({ target } = lab.hosts);
    await target.awaitBoot();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  async function manifest(): Promise<string[]> {
    return (await bash(target, manifestScript)).split("\n").sort();
  }

  const systemIdentifier = () => sql(target, "postgres", "SELECT system_identifier FROM pg_control_system()");
  const startTime = () => sql(target, "postgres", "SELECT pg_postmaster_start_time()");

  test("as its service does when it is restarted, changes no file, and the server goes on", async () => {
    const [before, identifier, started] = [await manifest(), await systemIdentifier(), await startTime()];
    expect(before.length).toBeGreaterThan(300);
    expect(await bootAgain(target)).toMatchObject({
      status: "succeeded",
      dataVolume: { found: "mounted" },
    });
    expect(await manifest()).toEqual(before);
    expect([await systemIdentifier(), await startTime()]).toEqual([identifier, started]);
  });

  test("as cloud-init does on what it takes for another instance, changes nothing but what cloud-init writes", async () => {
    const untimed = async () =>
      (await manifest())
        .filter((line) => !ofCloudInit.test(line))
        .map((line) => line.replace(/ \d{10}\.\d+ /, " "));
    const [before, identifier] = [await untimed(), await systemIdentifier()];
    const metaData = "instance-id: i-another\nlocal-hostname: target\n";
    writeInRoot(target.root, "var/lib/cloud/seed/nocloud/meta-data", metaData);
    await target.reboot();
    expect(await bash(target, "cloud-init query instance_id")).toBe("i-another");
    expect(await bash(target, "ls /var/lib/cloud/instances")).toContain("i-another");
    expect(await untimed()).toEqual(before);
    expect(await systemIdentifier()).toBe(identifier);
  });
});
