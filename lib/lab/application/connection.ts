import { checkServerIdentity } from "node:tls";
import { Pool, type PoolClient } from "pg";
import { isSameConnection, type ConnectionSecret } from "./secret";

export interface ConnectionOptions {
  /** Reads the secret's current value. */
  readonly readSecret: () => Promise<ConnectionSecret>;
  /** PEM: the authorities, or the servers' own certificates, that are trusted. */
  readonly trusted: readonly string[];
  readonly sessions: number;
  readonly log: (line: string) => void;
}

/** Time-outs with which no lost packet holds a session up for long. */
const limits = { connectionTimeoutMillis: 2_000, query_timeout: 4_000, statement_timeout: 4_000 };
/** However many sessions fail at once, the secret is read no more often than this. */
const SECRET_MILLISECONDS = 200;

/** A pool of sessions to wherever the secret points: it is read at the start, and again when a session fails. */
export class Connection {
  #open: { readonly pool: Pool; readonly settings: ConnectionSecret } | undefined;
  #renewal: Promise<void> | undefined;
  #readAt = 0;

  constructor(private readonly options: ConnectionOptions) {}

  /** Runs the work in one transaction and returns, when COMMIT was answered, the host that did. */
  async inTransaction(work: (client: PoolClient) => Promise<unknown>): Promise<string> {
    if (this.#open === undefined) await this.renew();
    if (this.#open === undefined) throw new Error("The secret could not be read.");
    const { pool, settings } = this.#open;
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      await work(client);
      const { command } = await client.query("COMMIT");
      if (command !== "COMMIT") throw new Error(`COMMIT was answered with ${command}.`);
      client.release();
      return settings.host;
    } catch (error) {
      client.release(true); // What state the session is in is not known.
      throw error;
    }
  }

  /** Reads the secret again, and leaves the pool for a new one where it points elsewhere. */
  renew(): Promise<void> {
    this.#renewal ??= this.#read().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  async end(): Promise<void> {
    await this.#open?.pool.end();
  }

  async #read(): Promise<void> {
    if (Date.now() - this.#readAt < SECRET_MILLISECONDS) return;
    const settings = await this.options.readSecret();
    this.#readAt = Date.now();
    if (this.#open !== undefined && isSameConnection(settings, this.#open.settings)) return;
    const former = this.#open;
    this.#open = { settings, pool: this.#poolTo(settings) };
    this.options.log(`connecting to ${settings.host}:${settings.port}`);
    void former?.pool.end();
  }

  #poolTo({ host, port, dbname: database, username: user, password }: ConnectionSecret): Pool {
    const pool = new Pool({
      ...{ host, port, database, user, password },
      ...limits,
      max: this.options.sessions,
      keepAlive: true,
      application_name: "lab-application",
      ssl: {
        ca: [...this.options.trusted],
        // The client names no host that is an address, and Node would compare with "localhost".
        checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
      },
    });
    // Without a listener the end of a session between two statements would end the process.
    pool.on("connect", (client) => client.on("error", () => undefined));
    pool.on("error", ({ message }) => this.options.log(`an idle session ended: ${message}`));
    return pool;
  }
}
