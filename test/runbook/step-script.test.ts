import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stepScript } from "../../lib/runbook/step-script";
import { synthesizeRunbook } from "../../lib/runbook/synthesize";
import { networkSource, prodWith } from "./environment";

const folder = mkdtempSync(join(tmpdir(), "step-script-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface CommandContent {
  schemaVersion: string;
  mainSteps: { inputs: { runCommand: string[] } }[];
}

/** Every script of an environment, by its document's name. */
function scriptsOf(environment = prodWith()): Map<string, string> {
  const scripts = new Map<string, string>();
  for (const resource of Object.values(synthesizeRunbook(environment).Resources)) {
    if (resource.Type !== "AWS::SSM::Document") continue;
    const { Name, Content } = (
      resource as unknown as { Properties: { Name: string; Content: CommandContent } }
    ).Properties;
    if (Content.schemaVersion === "2.2") {
      scripts.set(Name, (Content.mainSteps[0]?.inputs.runCommand ?? []).join("\n"));
    }
  }
  return scripts;
}

describe("a step's script", () => {
  test.each([
    ["a managed source", prodWith()],
    ["a network source", prodWith({ source: networkSource, ownership: { mode: "preserve" } })],
  ])("with all that synthesis puts before it passes shellcheck, for %s", (_, environment) => {
    const scripts = scriptsOf(environment);
    expect(scripts.size).toBeGreaterThan(10);
    for (const [name, script] of scripts) writeFileSync(join(folder, `${name}.sh`), script);
    // A shared part that one step does not use is no fault: SC2034 an unused constant, SC2317 an unused function.
    execFileSync(
      "shellcheck",
      ["--exclude=SC2034,SC2317", ...readdirSync(folder).map((file) => join(folder, file))],
      {
        encoding: "utf8",
      },
    );
  });

  test("stands in assets/steps once for every document but the two fingerprints, which share theirs", () => {
    const steps = readdirSync(join(__dirname, "..", "..", "assets", "steps"))
      .filter((file) => file.endsWith(".sh"))
      .map((file) => file.replace(/\.sh$/, ""));
    const documents = [...scriptsOf().keys()].map((name) => name.replace("timescale-cutover-prod-", ""));
    expect(documents.map((name) => name.replace(/^fingerprint-.*/, "fingerprint")).sort()).toEqual(
      [...steps, "fingerprint"].sort(),
    );
  });

  test("holds a constant as it is, whatever quotes it has", () => {
    const script = stepScript({ step: "unlock", constants: { DATABASE: `it's "$HOME" \`x\`` } });
    const line = script.split("\n").find((one) => one.startsWith("readonly DATABASE="));
    expect(execFileSync("bash", ["-c", `${line}; printf %s "$DATABASE"`], { encoding: "utf8" })).toBe(
      `it's "$HOME" \`x\``,
    );
  });

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
