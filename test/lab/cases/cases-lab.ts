import { readFileSync } from "node:fs";
import { join } from "node:path";
import { storeApplicationSecret } from "../../../lib/lab/rehearsal/application-secret";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { bash, managed, rehearse, type Rehearsed, sql, startLab } from "../rehearsal/rehearsed";

const PREFLIGHT = join(__dirname, "../../../assets/sql/preflight");

/** One lab in which small databases are rehearsed one after the other: the source forgets the one before. */
export class CasesLab {
  private constructor(readonly lab: RehearsalLab) {}

  static async start(): Promise<CasesLab> {
    const lab = await startLab();
    await lab.deploy(managed);
    await storeApplicationSecret(lab.aws, lab.environment);
    return new CasesLab(lab);
  }

  /** Rehearses the database of a file beside this one. */
  async rehearse(file: string, ...options: string[]): Promise<Rehearsed> {
    await this.forget();
    await this.onSource("postgres", readFileSync(join(__dirname, `${file}.sql`), "utf8"));
    return rehearse(this.lab, ...options);
  }

  onSource(database: string, statements: string): Promise<string> {
    return sql(this.lab.lab.hosts.source, database, statements);
  }

  /** What a check of preflight that is SQL alone finds on the source. */
  checked(id: string): Promise<string> {
    const query = readFileSync(join(PREFLIGHT, `${id}.sql`), "utf8");
    // As the step's own session: the database's settings do not steer it.
    return this.onSource(
      "tracker",
      `SET ROLE NONE; SET quote_all_identifiers = off; SET search_path = '';\n${query}`,
    );
  }

  onTarget(statements: string, database = "tracker"): Promise<string> {
    return sql(this.lab.lab.hosts.target, database, statements);
  }

  stop(): Promise<void> {
    return this.lab.stop();
  }

  private async forget(): Promise<void> {
    const { source, target } = this.lab.lab.hosts;
    for (const host of [source, target]) {
      await sql(host, "postgres", "DROP DATABASE IF EXISTS tracker WITH (FORCE)");
      await sql(
        host,
        "postgres",
        "SELECT format('DROP TABLESPACE %I', spcname) FROM pg_tablespace WHERE spcname !~ '^pg_' \\gexec",
      );
      await sql(
        host,
        "postgres",
        "SELECT format('DROP OWNED BY %1$I; DROP ROLE %1$I', rolname) FROM pg_roles WHERE rolname !~ '^(pg_|postgres$)' \\gexec",
      );
      await sql(
        host,
        "postgres",
        "SELECT format('REVOKE ALL ON PARAMETER %I FROM PUBLIC', parname) FROM pg_parameter_acl \\gexec",
      );
    }
    await sql(source, "postgres", "ALTER SYSTEM RESET ALL; SELECT pg_reload_conf()");
    await bash(source, "rm -rf /var/lib/postgresql/fast_ts");
    await bash(target, "rm -f /var/lib/postgresql/timescale-cutover/target-database");
  }
}

/** What a sound database's rehearsal gives. */
export function expectNothingDifferent({ code, stderr, report }: Rehearsed): void {
  expect({ code, said: code === 0 ? "" : stderr }).toEqual({ code: 0, said: "" });
  expect(report.fingerprint).toMatchObject({ differentRelations: [], differentCatalogLines: [] });
}
