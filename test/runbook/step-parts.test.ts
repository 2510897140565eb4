import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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
