import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stepScript } from "../../lib/runbook/step-script";

const state = mkdtempSync(join(tmpdir(), "step-parts-"));
afterAll(() => rmSync(state, { recursive: true }));

const statement = `SELECT 'it''s', "$HOME", \`date\`, :'marker' -- \\é\n;\n`;
const script = stepScript({
  step: "settle",
  name: "settle-twice",
  constants: {},
  sql: ["analyze.sql", "smoke/row-count.sql"],
  files: { "write.sql": statement },
  shared: ["application-secret", "secret-labels"],
});

test("a step's files are written to the byte, whatever a shell would read in them, in a folder of its own", () => {
  const [, writing = ""] = /(readonly FILES=[^]*?\nEND-OF-FILE\n)/.exec(script) ?? [];
  execFileSync("bash", ["-euc", `STATE=${state} STEP=settle-twice; ${writing}`]);
  expect(readFileSync(join(state, "files/settle-twice/write.sql"), "utf8")).toBe(statement);
});

test("every folder of a step's SQL is made before a file is written to it", () => {
  const [, writing = ""] = /(readonly SQL=[^]*?)readonly FILES/.exec(script) ?? [];
  execFileSync("bash", ["-euc", `STATE=${state}; ${writing}`]);
  expect(readFileSync(join(state, "sql/smoke/row-count.sql"), "utf8")).toBe("\\echo :ROW_COUNT\n");
});

test("shared parts come in their order, after the preamble and before the step", () => {
  const parts = [...script.matchAll(/^# ---- (.*)$/gm)].map(([, part]) => part);
  expect(parts).toEqual([
    "shared/preamble.sh",
    "shared/on-error.sh",
    "shared/application-secret.sh",
    "shared/secret-labels.sh",
    "settle.sh",
  ]);
});

describe("what a step shows of a command's errors", () => {
  const shown = (errors: string) => {
    const [showing = ""] = /^show_errors\(\) \{[^]*?^\}$/m.exec(script) ?? [];
    writeFileSync(join(state, "errors"), errors);
    return execFileSync("bash", ["-euc", `ERRORS=${state}/errors; ${showing}\nshow_errors 2>&1`], {
      encoding: "utf8",
    });
  };

  test("are the server's words and names", () => {
    const errors = [
      "pg_restore: while PROCESSING TOC:",
      "pg_restore: from TOC entry 7; 1259 16400 FK CONSTRAINT fix of_device postgres",
      'pg_restore: error: could not execute query: ERROR:  it can\'t be: "of_device"',
      "",
    ].join("\n");
    expect(shown(errors)).toBe(errors);
  });

  test("are no statement, no literal and no row", () => {
    const told = shown(
      [
        "pg_restore: error: could not execute query: ERROR:  no such server",
        "LINE 1: ...USER MAPPING FOR u SERVER s OPTIONS (password hunter2', 'x'), pub...",
        "                                                                 ^",
        "Command was: CREATE USER MAPPING FOR \"o'brien\" SERVER s OPTIONS (password 'hunter2');",
        "",
        "$$ hunter2 $$",
        "pg_restore: warning: errors ignored on restore: 1",
        "DETAIL:  Failing row contains (1, first",
        "hunter2).",
        "psql:<stdin>:7: ERROR:  no such row",
        'DETAIL:  Key (name)=(hunter2) is not present in table "device".',
        "CONTEXT:  PL/pgSQL function public.ok(text) line 1 at RETURN",
        'COPY secret, line 1: "hunter2"',
        "HINT:  Look at the source.",
        "DETAIL:  There is 1 other session using the database.",
        "",
      ].join("\n"),
    );
    expect(told).not.toContain("hunter2");
    expect(told.split("\n")).toEqual([
      "pg_restore: error: could not execute query: ERROR:  no such server",
      "pg_restore: warning: errors ignored on restore: 1",
      "psql:<stdin>:7: ERROR:  no such row",
      "HINT:  Look at the source.",
      "DETAIL:  There is 1 other session using the database.",
      "",
    ]);
  });
});
