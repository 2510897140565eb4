import { secondsAlone } from "../harness/unhurried";
import { environments } from "../../bin/environments";
import { strikes } from "../../lib/lab/faults/strikes/all";
import { prepareSourceDisk } from "../../lib/lab/faults/strikes/fill-disk";
import type { FaultKind } from "../../lib/lab/faults/fault";
import type { Lab } from "../../lib/lab/lab";
import { targetEnvironment } from "../../lib/lab/rehearsal/lab-environment";
import { SsmEndpoint } from "../../lib/lab/ssm/endpoint";
import { describeLab } from "./describe-lab";
import { bash, sql } from "./on-host";
import { startLab } from "./start-lab";

type Side = "source" | "target";

describeLab("A fault of the lab", () => {
  let lab: Lab;
  let endpoint: SsmEndpoint;

  beforeAll(async () => {
    lab = await startLab({ started: ["source", "target"] });
    const hosts = Object.values(lab.hosts);
    endpoint = new SsmEndpoint({
      documents: [],
      hosts,
      region: "eu-west-2",
      account: "1".repeat(12),
      log: () => {},
    });
  });

  afterAll(async () => {
    await lab?.stop();
  });

  /** Lets a fault strike, looks at what it does, and returns when it is mended. */
  async function struck(kind: FaultKind, side: Side, look: () => Promise<void>): Promise<void> {
    let endStep = () => {};
    const stepEnded = new Promise<void>((resolve) => (endStep = resolve));
    await new Promise<void>((resolve, reject) => {
      const mended = strikes[kind]({
        ...{ side, host: lab.hosts[side], hosts: lab.hosts, network: lab.network, endpoint },
        ...{ aws: { url: lab.aws.url, region: "eu-west-2" }, stepEnded, runEnded: stepEnded },
        environment: targetEnvironment(environments.prod, lab.facts),
        postgresqlMajor: lab.postgresql.major,
        executionId: "",
        struck: () => void look().finally(endStep).catch(reject),
      });
      mended.then(resolve, reject);
    });
  }

  const answers = async (side: Side) => (await sql(lab.hosts[side], "postgres", "SELECT 1")) === "1";
  const bootId = (side: Side) =>
    bash(lab.hosts[side], "cat /proc/sys/kernel/random/boot_id; stat -c %Z /proc/1");
  const fetches = async (side: Side) => {
    const { code } = await lab.hosts[side].run([
      "curl",
      "-sS",
      "-m",
      "2",
      "-o",
      "/dev/null",
      lab.aws.hostUrl,
    ]);
    return code === 0;
  };
  const writes = async (side: Side, place: string, user = "root") => {
    const write = `runuser -u ${user} -- dd if=/dev/zero of=${place}/lab-probe bs=64k count=16 status=none`;
    const { code } = await lab.hosts[side].run([
      "bash",
      "-c",
      `${write}; code=$?; rm -f ${place}/lab-probe; exit $code`,
    ]);
    return code === 0;
  };

  it("ends every process of a server, which is there again 3 s later", async () => {
    await struck("kill-postgres", "source", async () => {
      await expect(answers("source")).rejects.toThrow(/connection to server|could not connect/);
    });
    expect(await answers("source")).toBe(true);
  });

  it("ends a host, which boots again with its cluster", async () => {
    const before = await bootId("target");
    await struck("kill-host", "target", () => Promise.resolve());
    expect(await bootId("target")).not.toBe(before);
    expect(await answers("target")).toBe(true);
  });

  it("unplugs a host for a while", async () => {
    await struck("cut-network", "target", async () => {
      expect(await fetches("target")).toBe(false);
      expect(await fetches("source")).toBe(true);
    });
    expect(await fetches("target")).toBe(true);
  });

  it("lets a host's bytes travel slowly, in and out", async () => {
    const secondsToSend = () =>
      bash(
        lab.hosts.source,
        `head -c 600000 /dev/zero >/tmp/slow; curl -sS -o /dev/null -w '%{time_total}' -X PUT --data-binary @/tmp/slow ${lab.aws.hostUrl}/none/slow`,
      ).then(Number);
    await struck("slow-network", "source", async () => {
      expect(await secondsToSend()).toBeGreaterThan(1.5);
    });
    expect(secondsAlone(await secondsToSend())).toBeLessThan(1.5);
  });

  it("fills the target's data volume, for root too, and nothing else", async () => {
    const clusters = `/var/lib/postgresql/${lab.postgresql.major}`;
    await struck("fill-disk", "target", async () => {
      expect(await writes("target", "/var/lib/postgresql")).toBe(false);
      expect(await writes("target", clusters, "postgres")).toBe(false);
      expect(await writes("target", "/var/lib/timescale-cutover")).toBe(true);
    });
    expect(await writes("target", clusters, "postgres")).toBe(true);
    expect(await answers("target")).toBe(true);
  });

  it.each(["fill-disk", "keep-disk-full"] as const)(
    "fills the source's disk as far as the tool uses it (%s)",
    async (kind) => {
      const environment = targetEnvironment(environments.prod, lab.facts);
      const directory = "/var/lib/timescale-cutover";
      await bash(lab.hosts.source, `install -d ${directory}; echo kept >${directory}/kept`);
      const putBack = await prepareSourceDisk(lab.hosts.source, environment);
      expect(await writes("source", directory)).toBe(true);
      await struck(kind, "source", async () => {
        expect(await writes("source", directory)).toBe(false);
        expect(await writes("source", "/var/tmp")).toBe(true);
      });
      expect(await writes("source", directory)).toBe(true);
      await putBack();
      const left = `findmnt --noheadings --mountpoint ${directory} || echo none; cat ${directory}/kept`;
      expect(await bash(lab.hosts.source, left)).toBe("none\nkept");
    },
  );
});
