import type { Lab } from "../../lib/lab/lab";
import { Snapshot } from "../../lib/lab/snapshot";
import { describeLab } from "./describe-lab";
import { bash, sql } from "./on-host";
import { snapshot, startLab } from "./start-lab";

const volumeMb = 6144;

describeLab("The hosts of a snapshot", () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab({ targetVolumeMb: volumeMb });
  });

  afterAll(async () => {
    await lab?.stop();
    expect(lab?.traces()).toEqual([]);
  });

  it("start as after a reboot: the target's boot takes over the volume and the cluster that it made before", async () => {
    const boot: unknown = JSON.parse(
      await bash(lab.hosts.target, "cat /var/lib/timescale-cutover/boot.json"),
    );
    expect(boot).toMatchObject({ status: "succeeded", dataVolume: { found: "mounted" } });
    for (const host of [lab.hosts.source, lab.hosts.target])
      expect(await sql(host, "postgres", "SELECT pg_is_in_recovery()")).toBe("f");
  });

  it("trust one another as before", async () => {
    const known = await bash(
      lab.hosts.target,
      "awk '{ print $2, $3 }' /etc/ssh/timescale-cutover_known_hosts",
    );
    expect(known.split("\n")).toContain(lab.facts.repositoryHostKey);
  });

  it("have a data volume of the size that is asked for", async () => {
    const mebibytes = "df --output=size --block-size=1M /var/lib/postgresql | tail -n 1";
    const size = Number(await bash(lab.hosts.target, mebibytes));
    expect(size).toBeGreaterThan(volumeMb * 0.9);
    expect(size).toBeLessThanOrEqual(volumeMb);
  });

  it("are never given other user data than they have booted with", async () => {
    const taken = new Snapshot(await snapshot());
    expect(() => taken.assertProvision({ userData: "#cloud-config", volumeId: "vol-0" })).toThrow(
      /has booted with other user data/,
    );
    expect(() => new Snapshot("/nonexistent")).toThrow("There is no snapshot in /nonexistent.");
  });
});
