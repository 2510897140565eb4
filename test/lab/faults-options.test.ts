import { PassThrough } from "node:stream";
import { environments } from "../../bin/environments";
import { runFaults } from "../../lib/lab/faults/command-line";
import { type Fault, faultName, parseFault, resolveFault } from "../../lib/lab/faults/fault";
import { kindsAt, matrix } from "../../lib/lab/faults/matrix";
import { runbookSteps } from "../../lib/lab/faults/runbook-steps";
import { takeCompanion, takeNext } from "../../lib/lab/faults/schedule";
import { runRehearsal } from "../../lib/lab/rehearsal/command-line";
import { plannedEnvironment } from "../../lib/lab/rehearsal/lab-environment";
import { synthesizeRunbook } from "../../lib/runbook/synthesize";

const planned = plannedEnvironment(environments.prod, {
  database: "tracker",
  ownership: "preserve",
  source: "managed",
});
const template = synthesizeRunbook(planned);
const steps = runbookSteps(template, planned);

/** Runs a command line that must end before the machine is looked at. */
async function ended(
  run: typeof runRehearsal | typeof runFaults,
  ...argv: string[]
): Promise<{ code: number; stderr: string; stdout: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await run(argv, {
    environments,
    synthesize: () => template,
    synthesizeHost: () => {
      throw new Error("No host may be synthesized.");
    },
    cutover: "/nonexistent",
    script: "/nonexistent",
    stdout,
    stderr,
  });
  return { code, stderr: String(stderr.read() ?? ""), stdout: String(stdout.read() ?? "") };
}

describe("npm run rehearse refuses, with exit code 2 and before anything is begun,", () => {
  test.each([
    ["--rollback without --cutover", ["--rollback"], /'--rollback' wants '--cutover' too/],
    ["--fault without --cutover", ["--fault", "cancel@restore"], /'--fault' wants '--cutover' too/],
    [
      "--no-carry-writes without --rollback",
      ["--cutover", "--no-carry-writes"],
      /'--no-carry-writes' wants '--rollback' too/,
    ],
    ["--remove-kept with --cutover", ["--cutover", "--remove-kept"], /cannot be used with '--cutover'/],
    [
      "a fault that the lab does not have, and names those it has",
      ["--cutover", "--fault", "set-fire@restore"],
      /"set-fire" is no fault.*kill-postgres, kill-host/s,
    ],
    ["a fault without a step", ["--cutover", "--fault", "kill-host"], /"kill-host" names no step/],
    [
      "a fault of a step that there is not, and names those there are",
      ["--cutover", "--fault", "kill-host@restor"],
      /"restor" is no step of Cutover or Rollback.*Cutover: findTarget, lock,.*restore.*Rollback: findTarget, lock,.*saveWrites/s,
    ],
    [
      "a fault of the way back without --rollback",
      ["--cutover", "--fault", "kill-host@saveWrites"],
      /Rollback\.saveWrites is a step of the way back: say --rollback too/,
    ],
    [
      "a dying host for a step that runs on none",
      ["--cutover", "--fault", "kill-host@approve"],
      /kill-host cannot strike in Cutover\.approve: it runs on no host/,
    ],
    [
      "any fault of a branch",
      ["--cutover", "--rollback", "--fault", "cancel@whetherToCarry"],
      /cancel cannot strike in Rollback\.whetherToCarry: it is decided in an instant/,
    ],
  ])("%s", async (_, argv, message) => {
    const { code, stderr } = await ended(runRehearsal, ...argv);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe("npm run faults", () => {
  test.each([
    ["an unknown part", ["--part", "some"], /'some' is invalid.*ci, rest, all/],
    ["cells and a part at once", ["--cells", "cancel@restore", "--part", "ci"], /cannot be used with/],
    ["less than one lab", ["--labs", "0"], /Say how many labs, from 1 to 8/],
    ["a cell of no kind", ["--cells", "cancel@restore,flood@dump"], /"flood" is no fault/],
    ["a cell of no step", ["--cells", "cancel@resto"], /"resto" is no step/],
    ["an unknown environment", ["--env", "live", "--list"], /no environment "live".*staging, prod/],
  ])("refuses %s with exit code 2", async (_, argv, message) => {
    const { code, stderr } = await ended(runFaults, ...argv);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it("lists its cells without running one", async () => {
    const { code, stdout } = await ended(runFaults, "--list");
    expect(stdout).toMatch(/^kill-host@Cutover\.fenceSource$/m);
    expect(stdout).toMatch(/^kill-agent@Rollback\.saveWrites$/m);
    expect(code).toBe(0);
  });
});

describe("The fault matrix", () => {
  it("has a cell for every step of Cutover and of Rollback but the branches and findTarget, which touch no host", () => {
    const without = steps
      .filter(({ action }) => !["aws:branch", "aws:executeAwsApi"].includes(action))
      .filter((step) => kindsAt(step).length === 0);
    expect(without).toEqual([]);
  });

  it("falls into a part for continuous integration and the rest, and loses none in between", () => {
    const names = (part: "ci" | "rest" | "all") => matrix(part, steps).map(faultName);
    expect(names("ci")).toHaveLength(3);
    expect([...names("ci"), ...names("rest")].sort()).toEqual(names("all").sort());
    expect(new Set(names("all")).size).toBe(names("all").length);
  });

  it("knows of each step whether the truth may have moved when it fails", () => {
    const placeOf = (automation: string, name: string) =>
      steps.find((step) => step.automation === automation && step.name === name)?.place;
    expect(placeOf("Cutover", "proveQuietAgain")).toBe("before the switch");
    expect(placeOf("Cutover", "reopenSource")).toBe("before the switch");
    expect(placeOf("Cutover", "switch")).toBe("open");
    expect(placeOf("Cutover", "smokeTest")).toBe("after the switch");
    // The rollback goes on without it.
    expect(placeOf("Rollback", "changedDefinitions")).toBe("open");
    expect(placeOf("Rollback", "applyWrites")).toBe("before the switch");
    expect(placeOf("Rollback", "reopenTarget")).toBe("before the switch");
    expect(placeOf("Rollback", "reopenSource")).toBe("after the switch");
  });

  it("is executed in the order that needs the fewest runs without a fault", () => {
    const cells = ["kill-agent@switch", "kill-host@dump", "kill-agent@saveWrites", "cancel@settle"].map(
      (cell) => resolveFault(parseFault(cell), steps),
    );
    const name = (fault: Fault | undefined) => fault && faultName(fault);
    // Its second run is the one with the fault that it survives.
    expect(name(takeNext(cells, "source"))).toBe("kill-host@Cutover.dump");
    expect(name(takeCompanion(cells, "Cutover"))).toBe("kill-agent@Cutover.switch");
    expect(takeCompanion(cells, "Rollback")).toBeUndefined();
    expect(name(takeNext(cells, "target"))).toBe("kill-agent@Rollback.saveWrites");
    expect(name(takeNext(cells, "target"))).toBe("cancel@Cutover.settle");
    expect(takeNext(cells, "target")).toBeUndefined();
  });
});
