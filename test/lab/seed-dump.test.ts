import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { dumpFormatOf } from "../../lib/lab/seed/dump-format";
import { needsOf } from "../../lib/lab/seed/dump-needs";

describe("the format of a dump", () => {
  const folder = mkdtempSync(join(tmpdir(), "seed-dump-"));
  const written = (name: string, content: Buffer | string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is told from the content, whatever the name", async () => {
    const tar = Buffer.alloc(512);
    tar.write("toc.dat");
    tar.write("ustar", 257);
    mkdirSync(join(folder, "directory"));
    writeFileSync(join(folder, "directory", "toc.dat"), "");
    expect(await dumpFormatOf(written("a.sql", "PGDMP\u0001\u0010"))).toBe("custom");
    expect(await dumpFormatOf(written("b.dump", tar))).toBe("tar");
    expect(await dumpFormatOf(written("c", "--\n-- PostgreSQL database dump\n"))).toBe("plain");
    expect(await dumpFormatOf(join(folder, "directory"))).toBe("directory");
  });

  test("that pg_dump does not write is refused with the cause", async () => {
    const gzip = written("d.gz", Buffer.from("1f8b0800", "hex"));
    mkdirSync(join(folder, "empty"));
    await expect(dumpFormatOf(gzip)).rejects.toThrow(
      `${gzip}: it is compressed as a whole: decompress it first`,
    );
    await expect(dumpFormatOf(join(folder, "none"))).rejects.toThrow("there is no such file or directory");
    await expect(dumpFormatOf(join(folder, "empty"))).rejects.toThrow(
      "holds a file toc.dat; this one does not",
    );
    await expect(dumpFormatOf(written("e", "a\0b"))).rejects.toThrow("it is no dump that pg_dump writes");
  });
});

describe("what a dump needs on the server", () => {
  const needsOfSql = (sql: string) => needsOf(Readable.from(sql.split("\n")));

  test("is every role that a statement names, without the quotes, but not those that are always there", async () => {
    const { roles } = await needsOfSql(
      [
        `ALTER TABLE public."it's OWNER" OWNER TO "Owner ""O'Neil"" – Größe";`,
        "CREATE SCHEMA a AUTHORIZATION schema_owner;",
        `GRANT SELECT(id),UPDATE(id) ON TABLE public.t TO "with space" WITH GRANT OPTION;`,
        "REVOKE ALL ON TABLE public.t FROM revoked;",
        "GRANT ALL ON TABLE public.t TO PUBLIC;",
        "REVOKE USAGE ON SCHEMA public FROM postgres;",
        "GRANT SELECT ON TABLE public.t TO pg_monitor;",
        "ALTER DEFAULT PRIVILEGES FOR ROLE of_default IN SCHEMA public GRANT SELECT ON TABLES  TO to_default;",
        `SET SESSION AUTHORIZATION grantor;`,
        `CREATE POLICY p ON public.t AS RESTRICTIVE FOR SELECT TO first, "sec, ond" USING ((owned_by = CURRENT_USER));`,
        "CREATE POLICY q ON public.t FOR INSERT TO third WITH CHECK (true);",
        "CREATE USER MAPPING FOR mapped SERVER elsewhere OPTIONS (",
        "ALTER ROLE in_database IN DATABASE tracker SET work_mem TO '1MB';",
      ].join("\n"),
    );
    const grantees = ["with space", "revoked", "of_default", "to_default", "grantor"];
    const others = [
      `Owner "O'Neil" – Größe`,
      "schema_owner",
      "first",
      "sec, ond",
      "third",
      "mapped",
      "in_database",
    ];
    expect(roles).toEqual([...grantees, ...others].sort());
  });

  test("is also every owner of a job of TimescaleDB, whose name is in a row", async () => {
    const { roles } = await needsOfSql(
      [
        "COPY _timescaledb_config.bgw_job (id, owner, config) FROM stdin;",
        "1000\tjob_owner\t{}",
        `1001\t"job owner"\t\\N`,
        "\\.",
        "COPY public.t (a) FROM stdin;",
        "ALTER TABLE x OWNER TO only_a_row;",
        "\\.",
      ].join("\n"),
    );
    expect(roles).toEqual(["job owner", "job_owner"]);
  });

  test("leaves out a role that the dump makes itself, and tells of timescaledb and of --create", async () => {
    const extension = "CREATE EXTENSION IF NOT EXISTS timescaledb WITH SCHEMA public;";
    expect(await needsOfSql(`CREATE ROLE made;\nALTER TABLE t OWNER TO made;\n${extension}`)).toEqual({
      roles: [],
      timescaledb: extension,
      createsDatabase: false,
    });
    expect(await needsOfSql("CREATE DATABASE tracker WITH TEMPLATE = template0;")).toMatchObject({
      createsDatabase: true,
      timescaledb: undefined,
    });
  });
});
