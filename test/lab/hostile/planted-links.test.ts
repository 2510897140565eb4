import { describeLab } from "../describe-lab";
import { runStep } from "../cutover/run-step";
import { bash } from "../on-host";
import { startRehearsalLab } from "../start-rehearsal-lab";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";

const run = "r20261206-060000-link";
const mount = "/var/lib/postgresql";
/** What root makes, gives away or removes on the data volume. */
const places = ["cutover-dump", "timescale-cutover", "drill"];

describeLab("Links that postgres has planted where root works", () => {
  let lab: RehearsalLab;
  const onTarget = (script: string) => bash(lab.lab.hosts.target, script);
  const victims = () =>
    onTarget(
      "find /root/victim -printf '%p %u:%g %m %s\\n' | sort; cat /root/victim/kept; cat /root/victim/*/kept",
    );

  beforeAll(async () => {
    lab = await startRehearsalLab({ targetVolumeMb: 1024 });
    await lab.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("cannot be planted on the data volume, whose root is root's", async () => {
    for (const place of places) {
      const { code } = await lab.lab.hosts.target.run([
        "runuser",
        "-u",
        "postgres",
        "--",
        "ln",
        "-s",
        "/root",
        `${mount}/${place}`,
      ]);
      expect({ place, refused: code !== 0 }).toEqual({ place, refused: true });
    }
  });

  // As Debian's package has it, and an upgrade of it does again. lock and unlock work beside what is planted; a drill looks for
  // a backup first.
  test.each([
    ["fetch-dump", "unsafe-directory"],
    ["compare", "unsafe-directory"],
    ["baseline", "unsafe-directory"],
    ["record-rehearsal", "unsafe-directory"],
    ["save-writes", "unsafe-directory"],
    ["restore-drill-host", "no-backup"],
    ["unlock", "succeeded"],
    ["lock", "succeeded"],
  ])("are not followed by %s: %s", async (step, said) => {
    await onTarget(`
        rm -rf /root/victim; install -d /root/victim/${run} /root/victim/${run}-repo3
        echo precious | tee /root/victim/kept /root/victim/${run}/kept /root/victim/${run}-repo3/kept >/root/victim/${run}-repo3/made-by-a-drill
        chown postgres ${mount}
        for place in ${places.join(" ")}; do
          rm -rf ${mount}/$place; runuser -u postgres -- ln -s /root/victim ${mount}/$place
        done`);
    const before = await victims();
    const { status, code } = await runStep(lab, "target", step, {
      RunId: run,
      ...(step === "save-writes" && { CutoverRunId: run }),
      ...(step === "restore-drill-host" && { Repo: "3" }),
    });
    expect(code ?? status).toBe(said);
    expect(await victims()).toBe(before);
  });

  test("stop a dump, in a directory that another account may change", async () => {
    const source = lab.lab.hosts.source;
    await bash(source, "install -d -o postgres /var/lib/timescale-cutover/dump");
    await bash(
      source,
      `install -d -m 0700 /var/lib/timescale-cutover/${run}; echo 1-1 >/var/lib/timescale-cutover/${run}/snapshot`,
    );
    expect(await runStep(lab, "source", "dump", { RunId: run })).toMatchObject({
      code: "unsafe-directory",
      message: expect.stringContaining("/var/lib/timescale-cutover/dump belongs to postgres") as string,
      remedy: expect.stringContaining("chown root /var/lib/timescale-cutover/dump") as string,
    });
  });
});
