import { Postgresql16 } from "./postgresql-16";

/* What users have made of their database, where the tool's own SQL meets it. */

let server: Postgresql16;

beforeAll(() => {
  server = Postgresql16.start();
  server.psql("postgres", [
    "CREATE ROLE reader; CREATE DATABASE objects;",
    "\\connect objects",
    "CREATE TABLE public.seen (x int); GRANT SELECT ON public.seen TO reader;",
  ]);
});

afterAll(() => server.stop());

describe("on PostgreSQL 16.10", () => {
  test("no text of a user's becomes a statement: settings, names and comments are literals and identifiers", () => {
    const hostile = `x'; ALTER ROLE reader SUPERUSER; --`;
    server.psql("objects", [
      "SELECT set_config('search_path', 'public;ALTER/**/ROLE/**/reader/**/SUPERUSER;--', false);",
      "ALTER ROLE reader SET search_path FROM CURRENT;",
      `ALTER ROLE reader SET application_name = '${hostile.replaceAll("'", "''")}';`,
      "ALTER ROLE reader SET temp_tablespaces = 'one', 'Two;ALTER ROLE reader SUPERUSER';",
      `COMMENT ON ROLE reader IS '${hostile.replaceAll("'", "''")}';`,
    ]);
    const read = () =>
      server.psql("objects", [{ file: "needed-roles.sql" }, { file: "role-statements.sql" }], {
        extra_roles: "[]",
        omitted_roles: "[]",
      });
    const settings =
      "SELECT entry FROM pg_db_role_setting, unnest(setconfig) AS entry WHERE setrole = 'reader'::regrole ORDER BY 1";
    const [statements, before] = [read(), server.psql("postgres", [settings])];
    server.psql("postgres", ["ALTER ROLE reader RESET ALL;", "BEGIN;", statements, "COMMIT;"]);
    expect(server.psql("postgres", ["SELECT rolsuper FROM pg_roles WHERE rolname = 'reader'"]).trim()).toBe(
      "f",
    );
    expect(server.psql("postgres", [settings])).toBe(before);
    server.psql("postgres", ["ALTER ROLE reader RESET ALL; COMMENT ON ROLE reader IS NULL;"]);
  });

  test("a row digest is the rows', whatever cast, operator, function or column a user has made of them", () => {
    const digest = () => {
      const [statement = ""] = server
        .psql("forged", [{ file: "fingerprint/row-digests.sql" }], { separator: "\t" })
        .split("\n")
        .filter((line) => line.includes("public.pt"))
        .map((line) => line.slice(line.indexOf("\t") + 1));
      return server.psql("forged", [`${statement};`]).trim();
    };
    server.psql("postgres", [
      "CREATE DATABASE forged;",
      "\\connect forged",
      'CREATE TABLE public.pt (x int, v text, r text, "cutover row" text);',
      "INSERT INTO public.pt VALUES (1, 'right', 'r', 'always the same');",
    ]);
    const before = digest();
    server.psql("forged", [
      "CREATE FUNCTION public.as_text(public.pt) RETURNS text LANGUAGE sql AS $$ SELECT 'always the same' $$;",
      "CREATE CAST (public.pt AS text) WITH FUNCTION public.as_text(public.pt);",
      "CREATE FUNCTION public.hashtextextended(text, bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';",
      "ALTER DATABASE forged SET search_path = public;",
    ]);
    expect(digest()).toBe(before);
    server.psql("forged", ["UPDATE public.pt SET v = 'wrong';"]);
    expect(digest()).not.toBe(before);
  });
});
