import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../lib/config/environment";
import { stepScript } from "../../lib/runbook/step-script";
import { bootDocumentName } from "../../lib/config/derived";
import { synthesizeHost } from "../../lib/host/synthesize";
import { synthesizeRunbook } from "../../lib/runbook/synthesize";
import { everythingConfigured, networkSource, prodWith } from "./environment";

const folder = mkdtempSync(join(tmpdir(), "step-script-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface CommandContent {
  schemaVersion: string;
  mainSteps: { inputs: { runCommand: string[] } }[];
}

const known = new Map<string, Map<string, string>>();

/** Every script of an environment, by its document's name. Synthesis takes seconds: each environment is synthesized once. */
function scriptsOf(environment = prodWith()): Map<string, string> {
  const key = JSON.stringify(environment);
  const scripts = known.get(key) ?? synthesizedScripts(environment);
  known.set(key, scripts);
  return scripts;
}

function synthesizedScripts(environment: Environment): Map<string, string> {
  const scripts = new Map<string, string>();
  const stacks = [synthesizeRunbook(environment), synthesizeHost(environment)];
  for (const resource of stacks.flatMap(({ Resources }) => Object.values(Resources))) {
    if (resource.Type !== "AWS::SSM::Document") continue;
    const { Name, Content } = (
      resource as unknown as { Properties: { Name: string; Content: CommandContent } }
    ).Properties;
    // The boot is no step.
    if (Content.schemaVersion === "2.2" && Name !== bootDocumentName(environment)) {
      scripts.set(Name, (Content.mainSteps[0]?.inputs.runCommand ?? []).join("\n"));
    }
  }
  return scripts;
}

/** A script with the names of its constants, which stand at its head, and without their values. */
function withoutValues(script: string): string {
  const head = script.indexOf("\n# ---- ");
  return script.slice(0, head).replace(/^readonly (\w+)=.*$/gm, "$1") + script.slice(head);
}

describe("a step's script", () => {
  const checked = new Set<string>();

  test.each([
    ["a managed source with all that an application may have", everythingConfigured],
    ["a network source", prodWith({ source: networkSource, ownership: { mode: "preserve" } })],
  ])("with all that synthesis puts before it passes shellcheck, for %s", (_, environment) => {
    const scripts = scriptsOf(environment);
    expect(scripts.size).toBeGreaterThan(10);
    // What differs in its constants' values alone is one script.
    const unchecked = [...scripts].filter(([, script]) => !checked.has(withoutValues(script)));
    const files = unchecked.map(([name, script]) => {
      checked.add(withoutValues(script));
      const file = join(folder, `${name}.sh`);
      writeFileSync(file, script);
      return file;
    });
    // A shared part that one step does not use is no fault: SC2034 an unused constant, SC2317 an unused function, SC2119
    // and SC2120 an argument that only others give. SC2016: jq's own variables, SC1090: a check's file, both said beside
    // them in the repository.
    const exclude = "--exclude=SC2034,SC2317,SC2119,SC2120,SC2016,SC1090";
    const { status, stdout } = spawnSync("shellcheck", ["--format=gcc", exclude, ...files], {
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });

  test("stands in assets/steps once, whatever both sides, both directions or several records share", () => {
    const steps = readdirSync(join(__dirname, "..", "..", "assets", "steps"))
      .filter((file) => file.endsWith(".sh"))
      .map((file) => file.replace(/\.sh$/, ""));
    const files = [...scriptsOf(everythingConfigured).values()].map(
      (script) => /^# ---- ([a-z-]+)\.sh$/m.exec(script)?.[1],
    );
    expect([...new Set(files)].sort()).toEqual(steps.sort());
  });

  test.each([`it's "$HOME" \`x\``, `Träcker "x" o'k $1 \\ %`, "a\nb – 角色\t0"])(
    "holds a constant as it is: %j",
    (value) => {
      const script = stepScript({ step: "unlock", constants: { DATABASE: value } });
      const line = script.split("\n").find((one) => one.startsWith("readonly DATABASE="));
      const printed = execFileSync("bash", ["-c", `${line}; printf %s "$DATABASE"`], { encoding: "utf8" });
      expect(printed).toBe(value);
    },
  );

  test("runs at lowest priority on a source that serves others, and at the usual one on the target", () => {
    const priority = (scripts: Map<string, string>, step: string) =>
      /^readonly LOW_PRIORITY='(\w+)'$/m.exec(scripts.get(`timescale-cutover-prod-${step}`) ?? "")?.[1];
    const [shared, dedicated] = [scriptsOf(), scriptsOf(prodWith({ source: networkSource }))];
    for (const step of ["dump", "fingerprint-source", "send-dump"])
      expect(priority(shared, step)).toBe("yes");
    expect(priority(shared, "restore")).toBe("no");
    expect(priority(dedicated, "dump")).toBe("no");
  });

  test("names no secret's value and no password", () => {
    for (const script of scriptsOf(prodWith({ source: networkSource })).values()) {
      expect(script).not.toMatch(/PGPASSWORD|SCRAM-SHA-256\$/);
    }
  });
});
