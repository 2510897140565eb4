import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROJECT = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "synthesis-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Report {
  pluginReports: {
    pluginName: string;
    conclusion: string;
    violations: { ruleName: string }[];
    suppressedViolations: { ruleName: string; acknowledgedAt: string; reason?: string }[];
  }[];
}

interface Manifest {
  artifacts: Record<string, { dependencies?: string[] }>;
}

/** `cdk synth` as a user runs it: cdk.json's app and context, but for what the test names. */
function synth(name: string, ...options: string[]) {
  const output = join(folder, name);
  const cdk = join(PROJECT, "node_modules", ".bin", "cdk");
  const { status, stderr } = spawnSync(cdk, ["synth", "--quiet", "--output", output, ...options], {
    cwd: PROJECT,
    encoding: "utf8",
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: "true", CDK_VALIDATION: "true" },
  });
  const report = join(output, "validation-report.json");
  const manifest = join(output, "manifest.json");
  return {
    manifest: existsSync(manifest) ? (JSON.parse(readFileSync(manifest, "utf8")) as Manifest) : undefined,
    status,
    stderr,
    templates: existsSync(output)
      ? readdirSync(output).filter((file) => file.endsWith(".template.json"))
      : [],
    report: existsSync(report) ? (JSON.parse(readFileSync(report, "utf8")) as Report) : undefined,
  };
}

describe("cdk synth", () => {
  let app: ReturnType<typeof synth>;
  let plugins: Report["pluginReports"];

  beforeAll(() => {
    app = synth("app");
    plugins = app.report?.pluginReports ?? [];
  });

  test("makes a host stack and a runbook stack for every environment, without an account at hand", () => {
    expect(app).toMatchObject({ status: 0 });
    const nested = app.templates.filter((file) => file.endsWith(".nested.template.json"));
    // Of each runbook the checks, the copy of the database, and the drills and the recovery.
    expect(nested).toHaveLength(6);
    expect(app.templates.filter((file) => !nested.includes(file)).sort()).toEqual(
      ["prod", "staging"].flatMap((name) => [
        `timescale-cutover-${name}-host.template.json`,
        `timescale-cutover-${name}-runbook.template.json`,
      ]),
    );
  });

  test.each(["prod", "staging"])("deploys %s's runbook without touching the host stack", (name) => {
    const { artifacts } = app.manifest ?? { artifacts: {} };
    expect(artifacts[`timescale-cutover-${name}-runbook`]?.dependencies).not.toContain(
      `timescale-cutover-${name}-host`,
    );
  });

  test("finds nothing by the rules of AwsSolutions and of CloudFormation that was not acknowledged", () => {
    expect(plugins.map(({ pluginName }) => pluginName)).toEqual(["AwsSolutions", "CloudFormation Validate"]);
    for (const { conclusion, violations } of plugins) {
      expect({ conclusion, violations }).toEqual({ conclusion: "success", violations: [] });
    }
  });

  test("acknowledges no finding without a reason that says why", () => {
    const acknowledged = plugins.flatMap(({ suppressedViolations }) => suppressedViolations);
    expect(acknowledged.length).toBeGreaterThan(10);
    for (const { ruleName, acknowledgedAt, reason = "" } of acknowledged) {
      expect({ ruleName, acknowledgedAt, reason }).toMatchObject({ reason: expect.stringMatching(/.{40,}/) });
    }
  });

  test("acknowledges wildcards of IAM one by one, and of cdk-nag's other rules none", () => {
    const nag = plugins.find(({ pluginName }) => pluginName === "AwsSolutions");
    for (const { ruleName } of nag?.suppressedViolations ?? []) {
      expect(ruleName).toMatch(/^AwsSolutions-IAM5\[Resource::.+\]$/);
    }
  });

  test.each([
    ["a security group that lets the world in", "open", "AwsSolutions-EC23"],
    ["a property that CloudFormation does not know", "unknown", "SizeInMiles"],
  ])("fails on %s", (_, fault, finding) => {
    const faulty = synth(fault, "--app", `npx tsx test/host/faulty-app.ts ${fault}`);
    expect(faulty.status).toBe(1);
    expect(JSON.stringify(faulty.report) + faulty.stderr).toContain(finding);
  });
});
