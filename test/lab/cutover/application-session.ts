import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Host } from "../../../lib/lab/host";
import { connectionTo } from "../../../lib/lab/seed/psql";
import { neighbourPasswords, samplePasswords } from "../../../lib/lab/seed/seed";

const passwords: Record<string, string> = { ...samplePasswords, ...neighbourPasswords };

/** A session that stays open, of a role of the seed over the network with its password; a superuser's over the socket. */
export class Session {
  #printed = "";
  #exitCode: number | undefined;
  readonly #ended: Promise<void>;

  private constructor(private readonly psql: ChildProcess) {
    psql.stdout?.on("data", (chunk: Buffer) => (this.#printed += chunk.toString()));
    psql.stderr?.on("data", (chunk: Buffer) => (this.#printed += chunk.toString()));
    psql.stdin?.on("error", () => undefined); // The server may have ended it.
    this.#ended = once(psql, "close").then(([code]) => {
      this.#exitCode = Number(code);
    });
  }

  static open(host: Host, role: string, database: string): Session {
    const options = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"];
    if (role === "postgres") {
      const psql = ["psql", ...options, "--dbname", connectionTo(database)];
      return new Session(host.spawn(["runuser", "-u", "postgres", "--", ...psql], { cwd: "/" }));
    }
    const connection = `host=${host.address} user=${role} sslmode=require ${connectionTo(database)}`;
    const env = { PGPASSWORD: passwords[role] ?? "", PGAPPNAME: "the application" };
    return new Session(host.spawn(["psql", ...options, connection], { env }));
  }

  /** Sends statements, without waiting for what they give. */
  send(statements: string): void {
    this.psql.stdin?.write(`${statements}\n`);
  }

  /** Waits until it has printed this. */
  async prints(expected: string): Promise<void> {
    while (!this.#printed.includes(expected)) {
      if (this.#exitCode !== undefined) throw new Error(`The session ended, saying: ${this.#printed}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Sends statements and waits until they are done. */
  async do(statements: string): Promise<void> {
    const mark = `done-${Math.random()}`;
    this.send(`${statements}\n\\echo ${mark}`);
    await this.prints(mark);
  }

  /** All that it has printed, errors too. */
  get printed(): string {
    return this.#printed;
  }

  get isOpen(): boolean {
    return this.#exitCode === undefined;
  }

  /** Closes it, or waits until the server has; gives all that it printed, errors too. */
  async close(): Promise<string> {
    this.psql.stdin?.end();
    await this.#ended;
    return this.#printed;
  }
}
