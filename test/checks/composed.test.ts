import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { checksOf } from "../../lib/checks/catalogue";
import { checkSteps, type CheckStep } from "../../lib/checks/check";
import type { Environment } from "../../lib/config/environment";
import { assetExists } from "../../lib/script/asset";
import { Relay } from "../../lib/runbook/relay";
import { checkAws } from "../../lib/runbook/steps/check-aws";
import { checkDatabase } from "../../lib/runbook/steps/check-database";
import { checkPlan } from "../../lib/runbook/steps/check-plan";
import { checkRepository } from "../../lib/runbook/steps/check-repository";
import { checkSource } from "../../lib/runbook/steps/check-source";
import { checkTarget } from "../../lib/runbook/steps/check-target";
import { everythingConfigured, networkSource, prodWith } from "../runbook/environment";

const folder = mkdtempSync(join(tmpdir(), "composed-checks-"));
afterAll(() => rmSync(folder, { recursive: true }));

const assets = join(__dirname, "..", "..", "assets", "steps");

interface Content {
  mainSteps: { inputs: { runCommand: string[] } }[];
}

/** Each check step's script, with its checks as functions of it: what a check uses must be set by what is around it. */
function composedScripts(environment: Environment): Map<CheckStep, string> {
  const stack = new Stack(new App(), "checks", { env: environment.aws });
  new Relay(stack, "Relay", environment);
  const steps = [checkSource, checkDatabase, checkTarget, checkRepository, checkAws, checkPlan];
  for (const step of steps) step(stack, environment);
  const { Resources: resources } = Template.fromStack(stack).toJSON() as {
    Resources: Record<string, { Type: string; Properties: { Name: string; Content: Content } }>;
  };
  const documents = Object.values(resources).filter(({ Type }) => Type === "AWS::SSM::Document");
  return new Map(
    checkSteps.map((step) => {
      const document = documents.find(
        ({ Properties: { Name: name } }) => name === `timescale-cutover-${environment.name}-${step}`,
      );
      const script = document?.Properties.Content.mainSteps[0]?.inputs.runCommand.join("\n") ?? "";
      expect(script).toContain("make_checks\n");
      const inBash = checksOf(environment, step).filter(({ id }) =>
        assetExists("steps", "checks", `${id}.sh`),
      );
      const checks = inBash.map(({ id }) => {
        const text = readFileSync(join(assets, "checks", `${id}.sh`), "utf8");
        return `# ${id}\n${id.replaceAll("-", "_")}() (\n${text.replace(/^#!.*\n/, "")}\n)\n`;
      });
      return [step, [script, ...checks].join("\n")];
    }),
  );
}

const checked = new Set<string>();

test.each([
  ["a managed source with all that an application may have", everythingConfigured],
  ["a network source", prodWith({ source: networkSource, ownership: { mode: "preserve" } })],
])("every check passes shellcheck within its step's script, for %s", (_, environment) => {
  const scripts = [...composedScripts(environment)].filter(([, script]) => !checked.has(script));
  const files = scripts.map(([step, script]) => {
    checked.add(script);
    const file = join(folder, `${step}.sh`);
    writeFileSync(file, script);
    return file;
  });
  // Beside what test/runbook/step-script.test.ts leaves out: SC2329 a function that only the kernel calls, by its file;
  // SC2030 and SC2031 a value that is one check's alone: each is a subshell, as the kernel makes it.
  const left = "SC2034,SC2317,SC2119,SC2120,SC2016,SC1090,SC2329,SC2030,SC2031";
  const { stdout, status } = spawnSync("shellcheck", [`--exclude=${left}`, "--format=gcc", ...files], {
    encoding: "utf8",
  });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});
