import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { tracesOf } from "../../lib/lab/demolish";
import { describeLab } from "./describe-lab";
import { until } from "./on-host";
import { startNewLab } from "./start-lab";

describeLab("A lab whose process is ended", () => {
  let stateDirectory: string;
  const holders: ChildProcess[] = [];

  beforeAll(() => {
    stateDirectory = mkdtempSync("/var/tmp/interrupted-labs-");
  });

  afterAll(() => {
    for (const holder of holders) holder.kill("SIGTERM");
    rmSync(stateDirectory, { recursive: true, force: true });
  });

  it("goes with it, or with the next lab's start after a SIGKILL, and other labs stay up", async () => {
    const [interrupted, killed] = await Promise.all([hold(), hold()]);

    const ended = once(interrupted.process, "exit");
    interrupted.process.kill("SIGINT");
    // npm and tsx pass a terminal's Ctrl-C on: it comes more than once.
    await sleep(200);
    interrupted.process.kill("SIGINT");
    expect(await ended).toEqual([null, "SIGINT"]);
    expect(tracesOf(interrupted)).toEqual([]);
    expect(tracesOf(killed)).not.toEqual([]);

    const gone = once(killed.process, "exit");
    killed.process.kill("SIGKILL");
    await gone;

    const next = await startNewLab({ started: [], stateDirectory });
    await next.stop();
    expect(next.traces()).toEqual([]);
    // The lab of another test may have started first: then its process takes the killed one down.
    await until("end of the killed lab", () => tracesOf(killed).length === 0);
  });

  /** Starts a process that holds a lab; returns once the lab is up. */
  async function hold(): Promise<{ process: ChildProcess; id: string; directory: string }> {
    const script = join(__dirname, "hold-lab.ts");
    const holder = spawn(process.execPath, ["--import", "tsx", script, stateDirectory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    holders.push(holder);
    const failed = once(holder, "exit").then(() => Promise.reject(new Error("It ended without a lab.")));
    const [id] = (await Promise.race([once(createInterface(holder.stdout), "line"), failed])) as [string];
    failed.catch(() => undefined); // It ends later, by the test.
    return { process: holder, id, directory: join(stateDirectory, id) };
  }
});
