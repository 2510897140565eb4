import { executionId } from "./support/aws-double";
import { cutover, cutoverOn, withAwsDouble } from "./support/command-line";
import { allChecks, arrangePreflight, printed } from "./support/preflight";
import { listing, resultObject } from "./support/run";

const double = withAwsDouble();
const allIds = allChecks.map(({ id }) => id);
const remedyOf = (id: string) => allChecks.find((check) => check.id === id)?.remedy;
const arrange = (...how: Parameters<typeof arrangePreflight> extends [unknown, ...infer How] ? How : never) =>
  arrangePreflight(double.aws, ...how);

interface Finding {
  id: string;
  where: string;
  finding: string;
  verdict: string;
  remedy: string;
}

function check(...more: string[]): ReturnType<typeof cutover> {
  return cutover("check", "--env", "lab", ...more);
}

async function checks(): Promise<{ exitCode: number; stderr: string; checks: Finding[] }> {
  const { exitCode, stdout, stderr } = await check("--json");
  return { exitCode, stderr, ...(JSON.parse(stdout) as { checks: Finding[] }) };
}

async function finding(id: string): Promise<Finding | undefined> {
  return (await checks()).checks.find((one) => one.id === id);
}

test("check starts a Preflight, tells its progress on stderr, and ends with 0 where every check passes", async () => {
  arrange();
  const { exitCode, stdout, stderr } = await check();
  expect(exitCode).toBe(0);
  expect(double.aws.askedFor("StartAutomationExecution")).toEqual([
    {
      DocumentName: "timescale-cutover-lab-Preflight",
      Parameters: { RunId: [expect.stringMatching(/^r20261121-051300-[a-z0-9]{4}$/)] },
      ClientToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  ]);
  expect(stderr).toContain(`Started: execution ${executionId}`);
  expect(stderr).toMatch(/\(7\/7\) checkPlan .*Success/);
  expect(stdout).not.toContain("Started");
  expect(stdout).toContain(`\n${allIds.length} checks: ${allIds.length} pass, 0 warn, 0 fail\n`);
});

test("--replace hands on the database that may be dropped, and no other name", async () => {
  arrange();
  await check("--replace", "tracker");
  const [started] = double.aws.askedFor("StartAutomationExecution");
  expect(started?.Parameters).toMatchObject({ Replace: ["tracker"] });
  const refused = await check("--replace", "trackr");
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('"trackr"');
  expect(double.aws.askedFor("StartAutomationExecution")).toHaveLength(1);
});

test("--json gives every check of the catalogue, in its order, with exactly five members, and a pass no remedy", async () => {
  arrange();
  const { exitCode, checks: found } = await checks();
  expect(exitCode).toBe(0);
  expect(found.map(({ id }) => id)).toEqual(allIds);
  expect(found[0]).toEqual({
    id: "source-connection",
    where: "source",
    finding: "source-connection is well.",
    verdict: "pass",
    remedy: "",
  });
  expect(new Set(found.map(({ where }) => where))).toEqual(
    new Set(["source", "target", "repository", "aws", "plan"]),
  );
});

test("the verdicts are read from what the commands printed, and nothing from the relay", async () => {
  arrange();
  double.aws.objects.set(
    resultObject("source", "check-source"),
    JSON.stringify({ step: "check-source", checks: [] }),
  );
  expect((await checks()).exitCode).toBe(0);
  expect(double.aws.askedFor("GetObject")).toEqual([]);
  expect(double.aws.askedFor("GetCommandInvocation")).toContainEqual({
    CommandId: "command-of-checkSource",
    InstanceId: "i-0aaaaaaaaaaaaaaaa",
  });
});

test("a warning ends with 0, and has the finding's own remedy or else the catalogue's", async () => {
  const warned = (remedy?: string) => ({
    "check-database": printed("check-database", {
      "source-prepared-transactions": {
        verdict: "warn",
        finding: "One is old.",
        ...(remedy ? { remedy } : {}),
      },
    }),
  });
  arrange(warned("Commit 'pg1'."));
  const { exitCode, checks: found } = await checks();
  expect(exitCode).toBe(0);
  expect(found.find(({ verdict }) => verdict === "warn")).toMatchObject({
    id: "source-prepared-transactions",
    remedy: "Commit 'pg1'.",
  });
  arrange(warned());
  expect(await finding("source-prepared-transactions")).toMatchObject({
    verdict: "warn",
    remedy: remedyOf("source-prepared-transactions"),
  });
});

test("a check that fails ends with 1 and is told as a finding, not as a step that broke", async () => {
  arrange({
    "check-target": printed("check-target", {
      "target-connection": { verdict: "fail", finding: "It is down." },
    }),
  });
  const { exitCode, checks: found, stderr } = await checks();
  expect(exitCode).toBe(1);
  expect(found).toContainEqual({
    id: "target-connection",
    where: "target",
    finding: "It is down.",
    verdict: "fail",
    remedy: remedyOf("target-connection"),
  });
  expect(stderr).not.toContain("checks-failed");
});

describe("a check that told nothing has failed, with the reason:", () => {
  const connection = "source-connection";

  test.each([
    [
      "its step timed out",
      () => arrange({ "check-source": "a line\n" }, { "check-source": "TimedOut" }),
      /^The check could not be made: checkSource ended with TimedOut: The step left no word of its own\.$/,
    ],
    [
      "its step failed in words of its own",
      () => {
        const failed = {
          step: "check-source",
          status: "failed",
          code: "c",
          message: "The disk is full.",
          remedy: "Empty it.",
        };
        arrange({ "check-source": JSON.stringify(failed) }, { "check-source": "Failed" });
      },
      /^The check could not be made: checkSource ended with Failed: The disk is full\.$/,
    ],
    [
      "its step was not reached",
      () => arrange({}, { "check-source": "Pending" }),
      /^The check could not be made: checkSource was not reached, for the run ended with Failed\.$/,
    ],
    [
      "its step's output was cut",
      () =>
        arrange({ "check-source": '{"step":"check-source","checks":[{"id":"sou\n---Output truncated---' }),
      /^The check could not be made: checkSource ended with Success and told no verdict\.$/,
    ],
    [
      "the step does not have it",
      () => arrange({ "check-source": printed("check-source", { [connection]: undefined }) }),
      /^The check could not be made: checkSource ended with Success and told nothing of it\.$/,
    ],
    [
      "its verdict is none",
      () => arrange({ "check-source": printed("check-source", { [connection]: { verdict: "maybe" } }) }),
      /^The check could not be made: checkSource ended with Success and told nothing of it\.$/,
    ],
    [
      "AWS does not let the output be read",
      () => {
        arrange();
        double.aws.fail("GetCommandInvocation", {
          status: 400,
          type: "AccessDeniedException",
          message: "no",
        });
      },
      /^The check could not be made: what checkSource printed could not be read from Systems Manager: AccessDenied/,
    ],
  ])("%s", async (_, arranged, reason) => {
    arranged();
    const { exitCode, checks: found } = await checks();
    expect(exitCode).toBe(1);
    expect(found.map(({ id }) => id)).toEqual(allIds);
    const silent = found.find(({ id }) => id === connection);
    expect(silent).toMatchObject({
      where: "source",
      verdict: "fail",
      finding: expect.stringMatching(reason),
    });
    expect(silent?.remedy).not.toBe("");
    expect(found.find(({ id }) => id === "target-connection")?.verdict).toBe("pass");
  });

  test("and where the step itself broke, stderr says where its logs are", async () => {
    arrange({ "check-source": "a line\n" }, { "check-source": "TimedOut" });
    const { stderr } = await check();
    expect(stderr).toContain("Step checkSource on source: TimedOut\n");
    expect(stderr).toMatch(/logs: {3}on source \(i-0aaaaaaaaaaaaaaaa\)/);
  });
});

test("an inspection that fails ends with 1 although every check passes", async () => {
  arrange({}, { inspectSource: "Failed" });
  const { exitCode, checks: found, stderr } = await checks();
  expect(exitCode).toBe(1);
  expect(found.every(({ verdict }) => verdict === "pass")).toBe(true);
  expect(stderr).toContain("Step inspectSource on source: Failed");
});

test("a check that this program does not know is told as well, and counts", async () => {
  const more = { id: "source-of-next-year", verdict: "fail", finding: "It is late." };
  arrange({ "check-source": printed("check-source", {}, [more]) });
  const { exitCode, checks: found } = await checks();
  expect(exitCode).toBe(1);
  expect(found).toContainEqual({ ...more, where: "source", remedy: "" });
});

describe("the table", () => {
  const long = "Prepared transactions: " + "'pg1' of app since 3 h, ".repeat(8) + "and no more.";
  const failing = () =>
    arrange({
      "check-database": printed("check-database", {
        "source-prepared-transactions": { verdict: "fail", finding: long, remedy: "Commit or roll back." },
      }),
    });

  test("is grouped by what is looked at, wraps findings, and says the remedy and the verdict in words", async () => {
    failing();
    const lines = (await check()).stdout.split("\n");
    expect(lines[0]).toMatch(/^check +verdict {2}finding, and what to do$/);
    const groups = lines.filter((line) => /^(source|target|repository|aws|plan)$/.test(line));
    expect(groups).toEqual(["source", "target", "repository", "aws", "plan"]);
    const row = lines.findIndex((line) => line.startsWith("  source-prepared-transactions "));
    expect(lines[row]).toMatch(
      /^ {2}source-prepared-transactions +fail +Prepared transactions: 'pg1' of app/,
    );
    expect(lines.slice(row + 1).find((line) => line.includes("Remedy:"))).toMatch(
      /^ {30,}Remedy: Commit or roll back\.$/,
    );
    expect(lines.at(-3)).toBe(`${allIds.length} checks: ${allIds.length - 1} pass, 0 warn, 1 fail`);
    expect(lines.at(-2)).toBe("fail: source-prepared-transactions");
  });

  test.each([
    [undefined, 100],
    [40, 80],
    [80, 80],
    [200, 140],
  ])("on a terminal of %s columns is at most %i wide and loses no word", async (columns, widest) => {
    failing();
    const { stdout } = await cutoverOn(columns, "check", "--env", "lab");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(widest);
    const column = /^check +verdict +/.exec(stdout)?.[0].length ?? 0;
    const lines = stdout.split("\n");
    const first = lines.findIndex((line) => line.startsWith("  source-prepared-transactions "));
    const last = lines.findIndex((line, index) => index > first && line.includes("Remedy:"));
    const told = lines.slice(first, last).map((line) => line.slice(column));
    expect(told.join(" ")).toBe(long);
  });

  test("writes what a terminal would obey as its code", async () => {
    arrange({
      "check-source": printed("check-source", { "source-connection": { finding: "a\u001b[2Jb\nc ünï" } }),
    });
    const { stdout } = await check();
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain("a\\u001b[2Jb\\nc ünï");
  });
});

test.each(["Rehearsal", "Cutover", "Rollback", "Signoff", "Reopen"])(
  "check is refused while a %s is in progress, whose doing it would find",
  async (automation) => {
    double.aws.listed = [listing(automation, "InProgress")];
    const { exitCode, stderr } = await check();
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`A ${automation.toLowerCase()} of lab is in progress`);
    expect(double.aws.askedFor("StartAutomationExecution")).toEqual([]);
  },
);

test.each([["check"], ["rehearse"]])(
  "a preflight in progress does not stand in the way of %s",
  async (command) => {
    arrange();
    double.aws.listed = [listing("Preflight", "InProgress")];
    await cutover(command, "--env", "lab");
    expect(double.aws.askedFor("StartAutomationExecution")).toHaveLength(1);
  },
);

test("Ctrl-C, or AWS out of sight, leaves a preflight running and says how to follow it", async () => {
  arrange();
  double.aws.fail("GetAutomationExecution", { status: 400, type: "AccessDeniedException" });
  const { exitCode, stdout, stderr } = await check("--json");
  expect(exitCode).toBe(4);
  expect(stdout).toBe("");
  expect(stderr).toContain(`cutover follow ${executionId} --env lab`);
});

test("a wrong environment ends with 2, a document that is not deployed with 3, and nothing is printed", async () => {
  expect(await cutover("check", "--env", "live")).toMatchObject({ exitCode: 2, stdout: "" });
  double.aws.fail("StartAutomationExecution", { status: 400, type: "AutomationDefinitionNotFoundException" });
  expect(await check("--json")).toMatchObject({ exitCode: 3, stdout: "" });
});
