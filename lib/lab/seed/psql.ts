import { Readable } from "node:stream";
import { feed } from "./feed";
import { SeedError } from "./seed-error";
import { asPostgres, type SeedHost } from "./seed-host";

export interface Script {
  /** How errors call it. */
  name: string;
  sql: string | Readable;
  /** The database to begin in; postgres unless told. */
  database?: string;
  variables?: Record<string, string>;
}

/**
 * Runs a script as superuser and returns what it printed, without headings or padding. The first error ends it and
 * is thrown as a SeedError with the line in the script.
 */
export async function psql(host: SeedHost, script: Script): Promise<string> {
  // The variables travel on stdin, since they hold passwords, and on one line, so that lines are easy to count back.
  const preamble = Object.entries(script.variables ?? {}).map(
    ([name, value]) => `\\set ${name} ${quoted(value)}`,
  );
  const argv = ["psql", "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"];
  const child = host.spawn(
    asPostgres([...argv, "--dbname", connectionTo(script.database ?? "postgres"), "--file=-"]),
    {
      cwd: "/",
    },
  );
  const ended = await feed(child, withFirstLine(preamble.join(" "), script.sql));
  if (ended.code !== 0) throw errorOf(script.name, ended.stderr);
  return ended.stdout;
}

/** A connection string, since a bare name with `=` or `://` in it would be taken for one. */
export function connectionTo(database: string): string {
  return `dbname='${database.replace(/[\\']/g, "\\$&")}'`;
}

function quoted(value: string): string {
  if (/[\r\n]/.test(value)) throw new Error("A psql variable of the seed holds a line break.");
  return `'${value.replace(/\\/g, "\\\\").replace(/'/g, "''")}'`;
}

function withFirstLine(line: string, sql: string | Readable): string | Readable {
  return typeof sql === "string" ? `${line}\n${sql}` : Readable.from(chain(`${line}\n`, sql));
}

async function* chain(first: string, rest: Readable): AsyncGenerator<string | Buffer> {
  yield first;
  for await (const part of rest) yield part as Buffer;
}

/** The last error that psql reported, with its detail and hint, in a script that has one line before the author's. */
function errorOf(name: string, stderr: string): SeedError {
  const at = stderr.search(/^psql:<stdin>:\d+: (?:ERROR|FATAL|error)/m);
  const [, line, reason] = /^psql:<stdin>:(\d+): ([\s\S]*)$/.exec(at < 0 ? "" : stderr.slice(at)) ?? [];
  if (line === undefined || reason === undefined)
    return new SeedError(name, stderr.trim() || "psql gave no reason");
  return new SeedError(name, reason.trim(), Math.max(1, Number(line) - 1));
}
