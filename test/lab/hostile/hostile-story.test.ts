import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Application } from "../../../lib/lab/application/application";
import type { HostName } from "../../../lib/lab/host";
import { startApplication } from "../../../lib/lab/rehearsal/lab-application-run";
import { Migration } from "../../../lib/lab/rehearsal/migration";
import { archiveOldHost } from "../../../lib/lab/rehearsal/old-host-archiving";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { seedNeighbour } from "../../../lib/lab/seed/seed";
import { describeLab } from "../describe-lab";
import { independentLook } from "../independent-look";
import { bash, sql } from "../on-host";
import { startRehearsalLab } from "../start-rehearsal-lab";

const cutover = join(__dirname, "../../../bin/lab-cutover.ts");
const seed = readFileSync(join(__dirname, "database.sql"), "utf8");
const sides = ["source", "target"] as const;

describeLab("A database whose owner wants to be more than that", () => {
  let lab: RehearsalLab;
  let application: Application;
  let migration: Migration;

  beforeAll(async () => {
    lab = await startRehearsalLab({ targetVolumeMb: 4096 });
    await lab.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
    for (const side of sides) await bash(lab.lab.hosts[side], "install -d -m 1777 /var/tmp/trace");
    await sql(lab.lab.hosts.source, "postgres", seed);
    await seedNeighbour(lab.lab.hosts.source);
    await archiveOldHost(lab);
    application = await startApplication(lab);
    // The smoke test's own row passes here.
    await sql(
      lab.lab.hosts.source,
      "tracker",
      "SET ROLE tracker; CREATE TRIGGER leave_behind AFTER INSERT ON lab.tracker_write FOR EACH ROW EXECUTE FUNCTION public.leave_behind()",
    );
    // What the seed itself has run does not count.
    await forgetTraces();
    migration = new Migration({ lab, application, cutover, carryWrites: true, shows: "nothing" });
  });

  afterAll(async () => {
    await application?.stop();
    await lab?.stop();
  });

  async function forgetTraces(): Promise<void> {
    for (const side of sides) {
      await bash(lab.lab.hosts[side], "rm -f /var/tmp/trace/*");
      await sql(
        lab.lab.hosts[side],
        "postgres",
        "DO $$ BEGIN IF to_regrole('analyst') IS NOT NULL THEN ALTER ROLE analyst NOSUPERUSER; END IF; END $$",
      );
    }
  }

  /** What somebody could do that only a superuser may, on either side. */
  async function traces(): Promise<string[]> {
    const found = sides.map(async (side) => {
      const host = lab.lab.hosts[side];
      const files = await bash(host, "ls /var/tmp/trace");
      const superusers = await sql(
        host,
        "postgres",
        "SELECT rolname FROM pg_roles WHERE rolsuper AND rolname <> 'postgres'",
      );
      return [files, superusers]
        .join("\n")
        .split("\n")
        .filter(Boolean)
        .map((trace) => `${side}: ${trace}`);
    });
    return (await Promise.all(found)).flat();
  }

  /** As the application's role, over the network: a session that nobody can take back to a superuser's. */
  async function asTracker(side: HostName, statement: string): Promise<string> {
    const host = lab.lab.hosts[side];
    const connection = `host=${host.address} user=tracker sslmode=require dbname=tracker`;
    const { code, stdout, stderr } = await host.run(["psql", "-XqtA", `--command=${statement}`, connection], {
      env: { PGPASSWORD: "lab password of tracker" },
    });
    if (code !== 0) throw new Error(stderr);
    return stdout.trim();
  }

  it("is bait: a superuser who asks it anything, or writes to it, leaves traces", async () => {
    const source = lab.lab.hosts.source;
    await sql(source, "tracker", "SELECT count(*) FROM public.pt");
    await sql(source, "tracker", "SELECT * FROM public.v");
    await sql(source, "tracker", "SET SESSION AUTHORIZATION tracker; INSERT INTO public.pt VALUES (0, 'v')");
    await sql(
      source,
      "tracker",
      "INSERT INTO lab.tracker_write (written_at, number, writer) VALUES (now(), 0, 'bait')",
    );
    expect(await traces()).toEqual(
      expect.arrayContaining(
        ["analyst", "commit", "index", "predicate", "statistics", "trigger of pt", "view"].map(
          (trace) => `source: ${trace}`,
        ),
      ),
    );
    await sql(
      source,
      "tracker",
      "DELETE FROM public.pt WHERE x = 0; DELETE FROM lab.tracker_write WHERE writer = 'bait'",
    );
    await forgetTraces();
  });

  it("is rehearsed with no difference, and gets nowhere by it", async () => {
    const { exitCode, report, said } = await migration.rehearse();
    expect({ exitCode, said: exitCode === 0 ? "" : said }).toEqual({ exitCode: 0, said: "" });
    expect(report?.["fingerprint"]).toMatchObject({ differentRelations: [], differentCatalogLines: [] });
    expect(await traces()).toEqual([]);
  });

  it("differs in nothing that pg_dump and COPY say of both sides", async () => {
    // The application writes on, and policies have run on the copy.
    const moving = /^(_timescaledb_|lab\.|later?$)/;
    expect(await independentLook(lab, "tracker", moving)).toEqual([]);
    expect(await traces()).toEqual([]);
  });

  it("is cut over with its names, settings and comments as they were, and gets nowhere by it", async () => {
    const { exitCode, said } = await migration.cutover();
    expect({ exitCode, said: exitCode === 0 ? "" : said }).toEqual({ exitCode: 0, said: "" });
    expect(await traces()).toEqual([]);
    const settings =
      "SELECT entry FROM pg_db_role_setting, unnest(setconfig) AS entry WHERE setrole = 'analyst'::regrole ORDER BY 1";
    expect(await sql(lab.lab.hosts.target, "postgres", settings)).toBe(
      await sql(lab.lab.hosts.source, "postgres", settings),
    );
  });

  it("is rolled back with what was written since, and gets nowhere by it", async () => {
    await asTracker("target", "INSERT INTO public.pt VALUES (101, 'written on the target', 'r', 'c')");
    await asTracker("target", "INSERT INTO public.plain VALUES (1, 'written on the target')");
    await asTracker("target", "INSERT INTO public.referring VALUES (1, NULL)");
    await asTracker("target", "DROP VIEW public.replaced; CREATE TABLE public.replaced (x int, v text)");
    await asTracker("target", "INSERT INTO public.replaced VALUES (1, 'written on the target')");
    const { exitCode, report, said } = await migration.rollback();
    expect({ exitCode, said: exitCode === 0 ? "" : said }).toEqual({ exitCode: 0, said: "" });
    expect(await traces()).toEqual([]);
    expect(await asTracker("source", "SELECT v FROM public.plain")).toBe("written on the target");
    // Where a superuser who writes would run the owner's code, or has no table to write to, people carry the row.
    const { conflicts } = report?.["writes"] as { conflicts: { relation: string; rows: number }[] };
    expect(conflicts.map(({ relation, rows }) => [relation, rows])).toEqual([
      ["public.pt", expect.any(Number)],
      ["public.referring", 1],
      ["public.replaced", 1],
    ]);
    expect(await asTracker("source", "SELECT count(*) FROM public.pt WHERE x = 101")).toBe("0");
  });
});
