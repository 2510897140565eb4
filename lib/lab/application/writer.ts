import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "./connection";
import type { Acknowledgement } from "./ledger";
import { Pace } from "./pace";

export interface WriterOptions {
  readonly connection: Connection;
  readonly rowsPerSecond: number;
  /** How many rows may be on their way at once. */
  readonly lanes: number;
  readonly firstNumber: number;
  readonly acknowledge: (entry: Acknowledgement) => void;
  readonly log: (line: string) => void;
}

/** The same number at the same time is the same key: a row whose acknowledgement was lost is no second row. */
const insert = `INSERT INTO lab.tracker_write (written_at, number, writer) VALUES ($1, $2, 'application')
  ON CONFLICT (number, written_at) DO NOTHING`;
const shortestPause = 100;
const longestPause = 1_000;
/** After a stop a row on its way gets this long to be acknowledged. */
const STOPPING_MILLISECONDS = 8_000;

/** Writes numbers without a gap, each until it was acknowledged. */
export class Writer {
  readonly #pace: Pace;
  #next: number;
  #stopBy = Infinity;
  #lastComplaint = "";

  constructor(private readonly options: WriterOptions) {
    this.#pace = new Pace(options.rowsPerSecond);
    this.#next = options.firstNumber;
  }

  async run(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.lanes }, () => this.#lane()));
  }

  stop(): void {
    this.#stopBy = Date.now() + STOPPING_MILLISECONDS;
  }

  async #lane(): Promise<void> {
    for (;;) {
      await this.#pace.turn();
      if (this.#stopBy !== Infinity) return;
      await this.#write(this.#next++);
    }
  }

  async #write(number: number): Promise<void> {
    const writtenAt = new Date();
    for (let pause = shortestPause; Date.now() < this.#stopBy; pause = Math.min(longestPause, pause * 2)) {
      try {
        const host = await this.options.connection.inTransaction((client) =>
          client.query(insert, [writtenAt, number]),
        );
        this.options.acknowledge({ number, at: Date.now(), host });
        this.#lastComplaint = "";
        return;
      } catch (error) {
        this.#complain(number, error);
        await sleep(pause);
        await this.options.connection.renew().catch((failure: unknown) => this.#complain(number, failure));
      }
    }
  }

  #complain(number: number, error: unknown): void {
    const complaint = error instanceof Error ? error.message : String(error);
    if (complaint !== this.#lastComplaint) this.options.log(`number ${number}: ${complaint}`);
    this.#lastComplaint = complaint;
  }
}
