import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";

/** One row that was acknowledged: COMMIT's answer had arrived. */
export interface Acknowledgement {
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Who answered. */
  readonly host: string;
}

export function ledgerLine({ number, at, host }: Acknowledgement): string {
  return `${number} ${new Date(at).toISOString()} ${host}\n`;
}

/** Reads the application's ledger, each line once however often it is asked. */
export class Ledger {
  readonly #entries: Acknowledgement[] = [];
  #offset = 0;

  constructor(private readonly file: string) {}

  /** All acknowledgements as yet, in the order in which they came. */
  read(): readonly Acknowledgement[] {
    const text = this.#unread();
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    this.#offset += Buffer.byteLength(whole);
    for (const line of whole.split("\n").slice(0, -1)) this.#entries.push(entryOf(line));
    return this.#entries;
  }

  #unread(): string {
    if (!existsSync(this.file)) return "";
    const handle = openSync(this.file, "r");
    try {
      const buffer = Buffer.alloc(fstatSync(handle).size - this.#offset);
      const read = readSync(handle, buffer, 0, buffer.length, this.#offset);
      return buffer.toString("utf8", 0, read);
    } finally {
      closeSync(handle);
    }
  }
}

function entryOf(line: string): Acknowledgement {
  const [number = "", time = "", host = ""] = line.split(" ");
  const entry = { number: Number(number), at: Date.parse(time), host };
  if (Number.isInteger(entry.number) && Number.isFinite(entry.at) && host !== "") return entry;
  throw new Error(`The application's ledger has a line that is none: ${JSON.stringify(line)}`);
}
