import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { identityOf, isAlive, type ProcessIdentity } from "./process-identity";

/** The machine's list of its labs: one file each, written before the lab makes anything. */
const registry = "/var/lib/timescale-cutover/labs";

export interface LabRecord {
  id: string;
  owner: ProcessIdentity;
  /** Everything that the lab keeps on disk. */
  directory: string;
  /** Left up on purpose (`--keep`): only a person takes it down. */
  kept: boolean;
}

/** Enters a new lab, owned by this process. The id is short because names of the kernel are. */
export function enterLab(stateDirectory: string): LabRecord {
  const owner = identityOf(process.pid);
  if (!owner) throw new Error("This process is not in /proc.");
  const id = randomBytes(3).toString("hex");
  const record = { id, owner, directory: join(stateDirectory, id), kept: false };
  writeRecord(record);
  return record;
}

export function markKept(record: LabRecord): void {
  writeRecord({ ...record, kept: true });
}

export function strikeLab(id: string): void {
  rmSync(recordFile(id), { force: true });
}

/** The labs whose owner has died without taking them down. */
export function abandonedLabs(): LabRecord[] {
  return labRecords().filter(({ kept, owner }) => !kept && !isAlive(owner));
}

export function keptLabs(): LabRecord[] {
  return labRecords().filter(({ kept, owner }) => kept && !isAlive(owner));
}

/** The labs that are on this machine, whoever owns them. */
export function labRecords(): LabRecord[] {
  mkdirSync(registry, { recursive: true });
  return readdirSync(registry)
    .filter((name) => /^[0-9a-f]{6}\.json$/.test(name))
    .flatMap((name) => {
      try {
        return [JSON.parse(readFileSync(join(registry, name), "utf8")) as LabRecord];
      } catch {
        return []; // Another lab has struck it out in this moment.
      }
    });
}

/** Writes it whole or not at all: a record is what finds a lab again after a SIGKILL. */
function writeRecord(record: LabRecord): void {
  mkdirSync(registry, { recursive: true });
  const unfinished = `${recordFile(record.id)}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(record));
  renameSync(unfinished, recordFile(record.id));
}

function recordFile(id: string): string {
  return join(registry, `${id}.json`);
}
