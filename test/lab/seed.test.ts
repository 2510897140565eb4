import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { passwordVariables } from "../../lib/lab/seed/passwords";
import { connectionTo, psql } from "../../lib/lab/seed/psql";
import { SeedError, seedFromSql, type SeedHost } from "../../lib/lab/seed/seed";

const seeds = join(__dirname, "../../lib/lab/seed");

/** A host on which every command is the same shell script, and what the commands were. */
function hostThatRuns(script: string): { host: SeedHost; commands: string[][] } {
  const commands: string[][] = [];
  const host: SeedHost = {
    spawn(argv) {
      commands.push(argv);
      return spawn("sh", ["-c", script], { stdio: ["pipe", "pipe", "pipe"] });
    },
  };
  return { host, commands };
}

async function seedErrorOf(promise: Promise<unknown>): Promise<SeedError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SeedError) return error;
  throw new Error(`expected a SeedError, got ${String(error)}`);
}

describe("a script of the seeds", () => {
  test("is given its variables on stdin, ahead of it and on one line, and never in the arguments", async () => {
    const { host, commands } = hostThatRuns("cat");
    const variables = { password_x: `it's \\ "secret"`, database: "tracker" };
    const printed = await psql(host, { name: "a.sql", sql: "SELECT 1;\n", variables });
    expect(printed).toBe(`\\set password_x 'it''s \\\\ "secret"' \\set database 'tracker'\nSELECT 1;\n`);
    expect(JSON.stringify(commands)).not.toContain("secret");
  });

  test("that fails is reported with its name, the line in it and all that psql said of the error", async () => {
    const said = "psql:<stdin>:3: NOTICE:  so far\npsql:<stdin>:8: ERROR:  boom\nLINE 1: x\nDETAIL:  why";
    const { host } = hostThatRuns(`cat >/dev/null; echo '${said}' >&2; exit 3`);
    const error = await seedErrorOf(psql(host, { name: "a.sql", sql: "x" }));
    expect(error).toMatchObject({ file: "a.sql", line: 7, reason: "ERROR:  boom\nLINE 1: x\nDETAIL:  why" });
    expect(error.message).toBe("a.sql:7: ERROR:  boom\nLINE 1: x\nDETAIL:  why");
  });

  test("that psql never read is reported with what psql said", async () => {
    const { host } = hostThatRuns("echo 'psql: error: connection refused' >&2; exit 2");
    const error = await seedErrorOf(psql(host, { name: "a.sql", sql: "x".repeat(1_000_000) }));
    expect(error.message).toBe("a.sql: psql: error: connection refused");
  });

  test("may begin in a database of any name", () => {
    expect(connectionTo(`it's \\ a=b`)).toBe(`dbname='it\\'s \\\\ a=b'`);
  });

  test("uses no variable but those that seeding sets", () => {
    const set = new Set([...Object.keys(passwordVariables()), "database", "scale_mb", "base_time"]);
    const files = ["sample", "hostile"].flatMap((folder) =>
      readdirSync(join(seeds, folder)).map((file) => join(seeds, folder, file)),
    );
    for (const file of [...files, join(seeds, "neighbour.sql"), join(seeds, "uncarried.sql")]) {
      const sql = readFileSync(file, "utf8");
      for (const [, name] of sql.matchAll(/:'(password_\w+|base_time)'|:"(database)"/g)) {
        if (name !== undefined) expect(set).toContain(name);
      }
      expect(sql).not.toMatch(/PASSWORD '/);
    }
  });
});

describe("a user's SQL", () => {
  const folder = mkdtempSync(join(tmpdir(), "seed-"));
  const file = join(folder, "mine.sql");
  beforeAll(() => writeFileSync(file, "CREATE DATABASE other;\n"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("that is not there is refused", async () => {
    const { host, commands } = hostThatRuns("exit 1");
    const error = await seedErrorOf(seedFromSql(host, join(folder, "none.sql"), { database: "tracker" }));
    expect(error.reason).toBe("there is no such file");
    expect(commands).toEqual([]);
  });

  test("must leave the database that was asked for; the error names those that it left", async () => {
    const { host } = hostThatRuns("cat >/dev/null; echo other");
    const error = await seedErrorOf(seedFromSql(host, file, { database: "tracker" }));
    expect(error.message).toBe(
      `${file}: it ran to its end, but there is no database "tracker": it made other. Name it with --database.`,
    );
    await seedFromSql(host, file, { database: "other" });
  });
});
