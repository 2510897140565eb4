import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { secondsAlone } from "../../harness/unhurried";
import { runStep, type StepResult } from "../cutover/run-step";
import { describeLab } from "../describe-lab";
import { bash } from "../on-host";
import { kernelTemplate, type MadeUpCheck } from "./kernel-checks";
import { startRehearsalLab } from "../start-rehearsal-lab";

const words = `It's "quoted", has a \\ backslash, $HOME, \`x\` and ünïcödé 漢字 🐘`;
// Found again among the host's processes by this figure.
const eternity = "86399";

const checks: readonly MadeUpCheck[] = [
  { id: "kernel-passes", text: 'pass "All is well."' },
  { id: "kernel-warns", text: 'warn "It is old." "Renew it."' },
  { id: "kernel-warns-only", text: 'warn "It is old."' },
  { id: "kernel-refuses", text: 'refuse "It is gone." "Bring it back."\ntouch /run/after-the-verdict' },
  { id: "kernel-unmade", text: 'unmade "nobody answers"' },
  { id: "kernel-hangs", text: `sleep ${eternity} | cat &\nsleep ${eternity}\npass never`, seconds: 2 },
  { id: "kernel-hangs-sql", text: "SELECT pg_sleep(60), 'pass';", seconds: 2 },
  { id: "kernel-errs", text: "ls /nowhere/at/all\npass never" },
  { id: "kernel-errs-in-a-pipe", text: "cat /nowhere/at/all | sort\npass never" },
  { id: "kernel-unbound", text: 'pass "$NOBODY_SET_THIS"' },
  { id: "kernel-errs-sql", text: "SELECT 'pass', 1 / 0;" },
  { id: "kernel-errs-late-sql", text: "SELECT 'pass', 'All is well.';\nSELECT 1 / 0;" },
  { id: "kernel-silent", text: "echo nothing that is a verdict" },
  { id: "kernel-silent-sql", text: "SELECT 'pass', 'All is well.' WHERE false;" },
  {
    id: "kernel-two-rows-sql",
    text: "VALUES ('pass', 'The first is well.'), ('fail', 'The second is not.');",
  },
  { id: "kernel-two-verdicts", text: '(pass "The first is well.")\nrefuse "The second is not."' },
  { id: "kernel-no-verdict-sql", text: "SELECT 'maybe', 'It is not sure.';" },
  { id: "kernel-needs-passed", text: 'pass "Made."', needs: "kernel-warns" },
  { id: "kernel-needs-failed", text: "touch /run/made-all-the-same\npass never", needs: "kernel-errs" },
  { id: "kernel-needs-unmade", text: "pass never", needs: "kernel-needs-failed" },
  { id: "kernel-words", text: `warn ${bashQuoted(`${words}\nand\ttabs\u0001`)} ${bashQuoted(words)}` },
  {
    id: "kernel-words-sql",
    text: `SELECT 'warn', ${sqlQuoted(`${words}\nand\ttabs\u0001`)}, ${sqlQuoted(words)};`,
  },
  { id: "kernel-long", text: `warn "$(printf 'ü%.0s' {1..10000})" "$(printf 'é%.0s' {1..10000})"` },
  { id: "kernel-reads-input", text: 'cat >/run/input\npass "$(wc -c </run/input) bytes."' },
  { id: "kernel-last", text: 'pass "Still made."' },
];

function bashQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function sqlQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

interface Told {
  readonly id: string;
  readonly verdict: string;
  readonly finding: string;
  readonly remedy?: string;
}

describeLab("preflight's kernel", () => {
  let lab: RehearsalLab;
  let result: StepResult;
  let seconds: number;

  beforeAll(async () => {
    lab = await startRehearsalLab({
      synthesize: (environment) => kernelTemplate(environment, checks),
      started: ["target"],
    });
    await lab.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
    const started = Date.now();
    result = await made("r20261121-000000-kern");
    seconds = secondsAlone((Date.now() - started) / 1000);
  });
  afterAll(() => lab?.stop());

  function made(RunId: string, Allow = ""): Promise<StepResult> {
    return runStep(lab, "target", "kernel", { RunId, Allow });
  }

  function told(id: string): Told | undefined {
    return (result["checks"] as Told[]).find((check) => check.id === id);
  }

  function onTarget(script: string): Promise<string> {
    return bash(lab.lab.hosts.target, script);
  }

  it("tells a verdict of every check, in their order, whatever became of those before", () => {
    const ids = ["kernel-writer", ...checks.map(({ id }) => id)];
    expect((result["checks"] as Told[]).map(({ id }) => id)).toEqual(ids);
    expect(told("kernel-last")).toEqual({ id: "kernel-last", verdict: "pass", finding: "Still made." });
  });

  it("tells verdict, finding and, where it has one of its own, the remedy", () => {
    expect(told("kernel-passes")).toEqual({ id: "kernel-passes", verdict: "pass", finding: "All is well." });
    expect(told("kernel-warns")).toMatchObject({
      verdict: "warn",
      finding: "It is old.",
      remedy: "Renew it.",
    });
    expect(told("kernel-warns-only")).not.toHaveProperty("remedy");
  });

  it("ends a check with its verdict", async () => {
    expect(told("kernel-refuses")).toMatchObject({
      verdict: "fail",
      finding: "It is gone.",
      remedy: "Bring it back.",
    });
    expect(await onTarget("ls /run/after-the-verdict 2>&1 || :")).toContain("No such file");
  });

  it("ends a check that hangs at its bound, with all of its processes", async () => {
    expect(told("kernel-hangs")).toMatchObject({
      verdict: "fail",
      finding: "The check could not be made: no answer within 2 s.",
    });
    expect(await onTarget(`pgrep -fx 'sleep ${eternity}' || echo none`)).toBe("none");
    expect(seconds).toBeLessThan(60);
  });

  it("lets no query go on in the server after its check's bound", async () => {
    expect(told("kernel-hangs-sql")).toMatchObject({
      verdict: "fail",
      finding: expect.stringMatching(
        /^The check could not be made: (no answer within 2 s|.*statement timeout)/,
      ),
    });
    const asleep =
      "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()";
    expect(await onTarget(`runuser -u postgres -- psql -Atc "${asleep}"`)).toBe("0");
  });

  it.each([
    ["kernel-unmade", "nobody answers."],
    ["kernel-errs", "it ended with 2 (ls: cannot access '/nowhere/at/all': No such file or directory)."],
    ["kernel-errs-in-a-pipe", "it ended with 1 (cat: /nowhere/at/all: No such file or directory)."],
    ["kernel-unbound", "NOBODY_SET_THIS: unbound variable"],
    ["kernel-errs-sql", "ERROR:  division by zero"],
    ["kernel-errs-late-sql", "ERROR:  division by zero"],
    ["kernel-silent", "it told no verdict."],
    ["kernel-silent-sql", "it told no verdict."],
    ["kernel-no-verdict-sql", "it told no verdict."],
    ["kernel-two-rows-sql", "it told more than one verdict."],
    ["kernel-two-verdicts", "it told more than one verdict."],
    ["kernel-needs-failed", "kernel-errs failed."],
    ["kernel-needs-unmade", "kernel-needs-failed failed."],
  ])("counts a check that could not be made as failed, and says why: %s", (id, why) => {
    const { verdict, finding } = told(id) ?? {};
    expect(verdict).toBe("fail");
    expect(finding).toMatch(/^The check could not be made: /);
    expect(finding).toContain(why);
  });

  it("makes a check whose need warned, and does not begin one whose need failed", async () => {
    expect(told("kernel-needs-passed")).toMatchObject({ verdict: "pass" });
    expect(await onTarget("ls /run/made-all-the-same 2>&1 || :")).toContain("No such file");
  });

  it.each(["kernel-words", "kernel-words-sql"])("keeps every character as it is, on one line: %s", (id) => {
    expect(told(id)).toEqual({ id, verdict: "warn", finding: `${words} and\ttabs `, remedy: words });
  });

  it("cuts what is too long for a table, between two characters", () => {
    const { finding, remedy } = told("kernel-long") ?? {};
    expect(finding).toBe(`${"ü".repeat(400)}...`);
    expect(remedy).toBe(`${"é".repeat(400)}...`);
  });

  it("gives a check nothing to read: one must not swallow the list of the others", () => {
    expect(told("kernel-reads-input")).toMatchObject({ finding: "0 bytes." });
  });

  describe("fails with the names of the checks that do,", () => {
    const failed = () =>
      (result["checks"] as Told[]).filter(({ verdict }) => verdict === "fail").map(({ id }) => id);

    it("and says what to do", () => {
      expect(result).toMatchObject({ status: "failed", code: "checks-failed" });
      expect(result.message).toContain(`${failed().join(", ")}.`);
      expect(result.remedy).toContain("--allow");
    });

    it("but for those that are allowed, by their whole names", async () => {
      const [first = "", ...others] = failed();
      const again = await made("r20261121-000001-kern", [...others, `${first}-x`].join(","));
      expect(again).toMatchObject({ status: "failed" });
      expect(again.message).toContain(`: ${first}.`);
    });

    it("and succeeds where all of them are allowed, with the same verdicts", async () => {
      const again = await made("r20261121-000002-kern", failed().join(","));
      expect(again["status"]).toBe("succeeded");
      const verdicts = ({ checks: told }: StepResult) =>
        (told as Told[]).map(({ id, verdict }) => [id, verdict]);
      expect(verdicts(again)).toEqual(verdicts(result));
    });
  });
});
