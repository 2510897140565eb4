import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Postgresql16 } from "./postgresql-16";
import { unread } from "./unread-columns";

const queries = join(__dirname, "..", "..", "assets", "sql", "fingerprint");

let server: Postgresql16;

beforeAll(() => {
  server = Postgresql16.start();
});

afterAll(() => server.stop());

function isNamed(word: string, text: string): boolean {
  return new RegExp(`\\b${word}\\b`).test(text);
}

describe("on PostgreSQL 16.10", () => {
  test("every column of the catalog is read by a fingerprint query, or stands in a list with the reason why not", () => {
    const text = readdirSync(queries)
      .map((file) => readFileSync(join(queries, file), "utf8"))
      .join("\n");
    const columns = server
      .psql("postgres", [
        `SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
         WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 ORDER BY 1, a.attnum;`,
      ])
      .trim()
      .split("\n")
      .map((line) => line.split("|") as [string, string]);
    const missed = columns.filter(([table, column]) => !(isNamed(table, text) && isNamed(column, text)));
    const listed = ([table, column]: [string, string]): boolean =>
      Object.keys(unread[table] ?? {}).some((names) => names === "*" || names.split(" ").includes(column));
    expect(missed.filter((one) => !listed(one))).toEqual([]);
    // A column that is read by now needs no reason any more.
    const stale = Object.entries(unread).flatMap(([table, reasons]) =>
      Object.keys(reasons)
        .filter((names) => names !== "*")
        .flatMap((names) => names.split(" "))
        .filter((column) => !missed.some((one) => one[0] === table && one[1] === column))
        .map((column) => `${table}.${column}`),
    );
    expect(stale).toEqual([]);
  });
});
