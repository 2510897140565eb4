import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Host } from "../host";
import { psql } from "../seed/psql";
import { neighbourPasswords } from "../seed/passwords";
import type { RehearsalLab } from "./rehearsal-lab";

/** How the other databases of the source's server fared. */
export interface NeighbourVerdict {
  /** Their catalogs and rows are the same as before. */
  readonly untouched: boolean;
  /** Rows that a session of the neighbour wrote all along, and whether it was ever disturbed. Null without a neighbour. */
  readonly session: { readonly writes: number; readonly undisturbed: boolean } | null;
}

const database = "glimpse_shared";
const role = "glimpse_owner";
const WRITE_SECONDS = 0.1;
const WRITES = `INSERT INTO shop.customer_order (note) VALUES ('written all along') \\watch ${WRITE_SECONDS}\n`;

/** Everything in the server's other databases but what the watching session writes; a dump's keys are drawn at random. */
const DIGESTS = `
  cd /
  for name in $(runuser -u postgres -- psql --no-psqlrc -Atc "SELECT quote_literal(datname) FROM pg_database WHERE datallowconn AND datname <> '$1' AND datname NOT LIKE 'template_' ORDER BY 1"); do
    eval "name=$name"
    echo "$name $(runuser -u postgres -- pg_dump --create --exclude-table-data=shop.customer_order --exclude-table-data=shop.customer_order_order_id_seq "dbname='$name'" 2>&1 |
      grep -vE '^.(un)?restrict |setval' | sha256sum)"
  done`;
const ROWS =
  "SELECT count(*), md5(string_agg(o::text, ',' ORDER BY order_id)) FROM shop.customer_order AS o WHERE note LIKE 'order %';\n";

/** Keeps a session of the neighbour writing all along, and looks before and after at what nobody may have touched. */
export class Neighbour {
  private constructor(
    private readonly host: Host,
    private readonly moved: string,
    private readonly before: string,
    private readonly session: ChildProcess | undefined,
  ) {}

  static async watch({ lab, environment }: RehearsalLab): Promise<Neighbour> {
    const { source } = lab.hosts;
    const before = await stateOf(source, environment.database.name);
    const session = (await isThere(source)) ? startSession(source) : undefined;
    return new Neighbour(source, environment.database.name, before, session);
  }

  /** Ends the session and tells. */
  async verdict(): Promise<NeighbourVerdict> {
    const session = this.session === undefined ? null : await this.endSession(this.session);
    return { untouched: (await stateOf(this.host, this.moved)) === this.before, session };
  }

  private async endSession(child: ChildProcess): Promise<NeighbourVerdict["session"]> {
    const undisturbed = child.exitCode === null && child.signalCode === null;
    if (undisturbed && child.pid !== undefined) {
      const ended = once(child, "close");
      process.kill(-child.pid, "SIGTERM"); // psql is a child of what was started.
      await ended;
    }
    const sql = "SELECT count(*) FROM shop.customer_order WHERE note = 'written all along';\n";
    const writes = Number(await psql(this.host, { name: "the neighbour's writes", sql, database }));
    return { writes, undisturbed: undisturbed && writes > 0 };
  }
}

async function isThere(host: Host): Promise<boolean> {
  const sql = `SELECT count(*) FROM pg_database WHERE datname = '${database}';\n`;
  return (await psql(host, { name: "the neighbour", sql })).trim() === "1";
}

async function stateOf(host: Host, moved: string): Promise<string> {
  const { code, stdout, stderr } = await host.run(["bash", "-s", "--", moved], { input: DIGESTS });
  if (code !== 0) throw new Error(`The neighbours' digests could not be taken: ${stderr}`);
  if (!(await isThere(host))) return stdout;
  return stdout + (await psql(host, { name: "the neighbour's rows", sql: ROWS, database }));
}

/** Over the network, as the role that owns what it writes. */
function startSession(host: Host): ChildProcess {
  const env = { PGPASSWORD: neighbourPasswords[role] ?? "", PGSSLMODE: "require" };
  const psqlArguments = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--host=source"];
  const child = host.spawn(["psql", ...psqlArguments, `--username=${role}`, `--dbname=${database}`], { env });
  child.stdout?.resume();
  child.stderr?.resume();
  child.stdin?.write(WRITES);
  return child;
}
