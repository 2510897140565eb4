import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const script = join(__dirname, "faults-several-labs.ts");

/** Runs `npm run faults` with a double in place of what boots each lab. */
async function faults(
  argv: readonly string[],
  struck?: NodeJS.Signals,
): Promise<{ ended: unknown[]; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const stderr: string[] = [];
  child.stderr.on("data", (data: Buffer) => {
    stderr.push(String(data));
    const asked = stderr.join("").match(/asked for/g) ?? [];
    if (struck !== undefined && asked.length === 2) child.kill(struck);
  });
  const stdout = await text(child.stdout);
  return { ended: await ended, stdout, stderr: stderr.join("") };
}

const six = ["lock", "inspectTarget", "closeTarget", "switch", "settle", "unlock"];
const two = ["Rollback.lock", "Rollback.saveWrites"];
const cellsOf = (...steps: string[]) => [...six, ...two, ...steps].map((step) => `kill-agent@${step}`);

describe("Several labs", () => {
  it("share the cells of either automation, and their rows come out in the order asked for", async () => {
    const { ended, stdout, stderr } = await faults([
      "--cells",
      cellsOf().join(","),
      "--json",
      "--size",
      "25",
    ]);
    const rows = JSON.parse(stdout) as { fault: string; step: string }[];
    expect(rows.map(({ step }) => step)).toEqual([...six.map((step) => `Cutover.${step}`), ...two]);
    for (const lab of [1, 2]) {
      const [, cells = "", rest = ""] =
        new RegExp(`^lab ${lab}: asked for --cells (\\S+) (.*)$`, "m").exec(stderr) ?? [];
      expect(cells.match(/Cutover/g)).toHaveLength(3);
      expect(cells.match(/Rollback/g)).toHaveLength(1);
      expect(rest).toBe("--labs 1 --json --env prod --size 25");
    }
    expect(ended).toEqual([0, null]);
  });

  it("name the cells that one of them did not get to, which is a failure", async () => {
    const { ended, stdout, stderr } = await faults(["--cells", cellsOf("dump").join(",")]);
    expect(stdout.split("\n").filter((line) => line.endsWith("kept"))).toHaveLength(8);
    expect(stderr).toContain("kill-agent@Cutover.dump: not executed\n");
    expect(ended).toEqual([1, null]);
  });

  it("are taken down before a signal ends the command", async () => {
    const { ended, stdout, stderr } = await faults(
      ["--cells", cellsOf("restore", "prepareDatabase").join(",")],
      "SIGTERM",
    );
    expect(stderr).toMatch(/^lab [12]: taken down$/m);
    expect(stdout).toBe("");
    expect(ended).toEqual([null, "SIGTERM"]);
  });
});
