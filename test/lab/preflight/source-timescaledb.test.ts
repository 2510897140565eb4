import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { checksOf } from "../../../lib/checks/catalogue";
import type { Verdict } from "../../../lib/checks/check";
import type { Environment } from "../../../lib/config/environment";
import type { RehearsalSettings } from "../../../lib/lab/rehearsal/lab-environment";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { seedSample } from "../../../lib/lab/seed/seed";
import { checkDatabase } from "../../../lib/runbook/steps/check-database";
import { runStep } from "../cutover/run-step";
import { describeLab } from "../describe-lab";
import { sql } from "../on-host";
import { faults } from "./source-timescaledb-faults";
import { startRehearsalLab } from "../start-rehearsal-lab";

const SQL = join(__dirname, "..", "..", "..", "assets", "sql", "preflight");
const managed: RehearsalSettings = { database: "tracker", ownership: "preserve", source: "managed" };

interface Finding {
  readonly verdict: Verdict;
  readonly finding: string;
  readonly remedy?: string;
}

describeLab("Preflight's look into a database with TimescaleDB", () => {
  let lab: RehearsalLab;
  let healthy: Record<string, Finding>;

  beforeAll(async () => {
    lab = await startRehearsalLab({
      synthesize: stepOnly,
      started: ["source"],
    });
    await lab.deploy(managed);
    await seedSample(lab.lab.hosts.source, { database: "tracker", sizeMb: 25 });
    healthy = await check();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("finds nothing that would fail in the sample, and makes every check of the catalogue", async () => {
    expect(Object.entries(healthy).filter(([, { verdict }]) => verdict === "fail")).toEqual([]);
    expect(Object.keys(healthy)).toEqual(checksOf(lab.environment, "check-database").map(({ id }) => id));
    expect(healthy["source-chunks"]?.finding).toMatch(
      /^Chunks: [1-9]\d*, each with its table and its dimension slices\.$/,
    );
    expect(healthy["source-hypertable-catalog"]?.finding).toMatch(
      /^Hypertables: [1-9]\d*, continuous aggregates: \d+, each whole/,
    );
    expect(healthy["source-job-owners"]?.finding).toMatch(/^Jobs: \d+, of roles that may log in\.$/);
  });

  test.each(faults.map((fault) => [fault.check, fault.what, fault] as const))(
    "%s finds %s",
    async (id, _, { plant, verdict, finding }) => {
      expect(await checkBroken(id, plant)).toEqual({ verdict, finding: expect.stringMatching(finding) });
      expect((await checkBroken(id, "")).verdict).toBe("pass");
    },
  );

  test("the columns whose values the run will carry beside the dump are counted", async () => {
    expect(healthy["source-missing-values"]).toMatchObject({ verdict: "pass" });
    const plant = `ALTER TABLE public.position_report ADD COLUMN planted integer DEFAULT 7;
      UPDATE _timescaledb_catalog.chunk AS k SET compressed_chunk_id = (SELECT max(id) FROM _timescaledb_catalog.chunk)
      FROM _timescaledb_catalog.hypertable AS h WHERE h.id = k.hypertable_id AND h.table_name = 'position_report';`;
    expect(await checkBroken("source-missing-values", plant)).toEqual({
      verdict: "pass",
      finding: expect.stringMatching(
        /^Columns of compressed chunks whose value for older rows no dump carries: ([1-9]\d*), in \1 chunks\. The run carries them by itself\.$/,
      ),
    });
  });

  test("reads as the user of a network source what that one may read, and says what it may not", async () => {
    await source('CREATE SCHEMA "A closed one"; CREATE TABLE "A closed one".secret (i integer);');
    await lab.setSourcePassword("lab password of tracker");
    await lab.deploy({ ...managed, source: "network" });
    try {
      const found = await check();
      expect(found["source-database"]).toMatchObject({
        verdict: "pass",
        finding: expect.stringMatching(/^tracker is in/),
      });
      expect(found["source-unreadable-relations"]).toMatchObject({
        verdict: "fail",
        finding: expect.stringMatching(
          /^tracker may not read "A closed one"\.secret, _timescaledb_internal\._hyper_/,
        ),
      });
      expect(found["source-row-security"]).toMatchObject({
        verdict: "fail",
        finding:
          'Row security holds rows back from tracker: public."FamilyShare". pg_dump ends with an error.',
      });
      expect(found["source-md5-passwords"]).toMatchObject({
        verdict: "warn",
        finding: "tracker may not read pg_authid: the roles come to the target without their passwords.",
      });
      for (const { id } of checksOf(lab.environment, "check-database")) {
        expect(`${id}: ${found[id]?.finding}`).not.toContain("could not be made");
      }
    } finally {
      await source('DROP SCHEMA "A closed one" CASCADE;');
      await lab.deploy(managed);
    }
  });

  test("says so once where the database cannot be reached, and of every other check that it needs that", async () => {
    await lab.deploy({ ...managed, database: "no_such_database" });
    try {
      const { "source-database": first, ...others } = await check();
      expect(first).toMatchObject({
        verdict: "fail",
        finding: expect.stringMatching(
          /^The check could not be made: .*database "no_such_database" does not exist/,
        ),
      });
      for (const { verdict, finding } of Object.values(others)) {
        expect({ verdict, finding }).toEqual({
          verdict: "fail",
          finding: "The check could not be made: source-database failed.",
        });
      }
    } finally {
      await lab.deploy(managed);
    }
  });

  /** Runs the step's document as the dump host would. */
  async function check(): Promise<Record<string, Finding>> {
    const result = await runStep(lab, "source", "check-database", {
      RunId: "r20261206-010000-look",
      Allow: "",
    });
    const checks = result["checks"] as ({ id: string } & Finding)[];
    return Object.fromEntries(checks.map(({ id, ...finding }) => [id, finding]));
  }

  /** Breaks something, makes one check, and takes it back. */
  async function checkBroken(id: string, plant: string): Promise<Finding> {
    const text = readFileSync(join(SQL, `${id}.sql`), "utf8");
    const printed = await source(
      `SET client_min_messages = warning; SET search_path = ''; BEGIN;\n${plant}\n\\echo >>\n${text}\n\\echo <<\nROLLBACK;`,
    );
    const [, row = ""] = /^>>\n([^]*?)\n<<$/m.exec(printed) ?? [];
    const [verdict, finding, remedy = ""] = row.split("|");
    return { verdict: verdict as Verdict, finding: finding ?? "", ...(remedy !== "" && { remedy }) };
  }

  function source(statements: string): Promise<string> {
    return sql(lab.lab.hosts.source, "tracker", statements);
  }
});

function stepOnly(environment: Environment) {
  const { source } = environment;
  const stack = new Stack(new App(), "check-database", { env: environment.aws });
  checkDatabase(
    stack,
    source.kind === "network" ? { ...environment, source: { ...source, user: "tracker" } } : environment,
  );
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
}
