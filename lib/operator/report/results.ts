import { z } from "zod";
import type { Emit } from "../events";
import type { Relay, StoredResult } from "../relay";
import { fingerprintSchema, versionsSchema, type Fingerprint, type Versions } from "./schema";

/** What the report takes from the relay; null for what is not there. */
export interface Results {
  versions: { source: Versions | null; target: Versions | null };
  fingerprint: Fingerprint | null;
}

type Directory = "source" | "target";

const inspectionSchema = z.looseObject({ versions: versionsSchema });
const comparisonSchema = z.looseObject({ fingerprint: fingerprintSchema });

/**
 * Reads the run's results. What cannot be read is told and left out: a report without it is better than none.
 * @param needed whether a result that is absent is worth telling: a run that failed early has none
 */
export async function readResults(relay: Relay, needed: boolean, emit: Emit): Promise<Results> {
  const missing = new Map<string, string[]>();
  const read = async <T>(step: string, directories: Directory[], schema: z.ZodType<T>): Promise<T | null> => {
    const stored = await readFirst(relay, step, directories);
    const { content, reason } = check(stored, schema);
    if (reason !== null && (needed || stored.kind !== "absent")) {
      missing.set(reason, [...(missing.get(reason) ?? []), step]);
    }
    return content;
  };
  // A source that is reached over the network is inspected from the target, and its results are there.
  const source = await read("inspect-source", ["source", "target"], inspectionSchema);
  const target = await read("inspect-target", ["target"], inspectionSchema);
  const comparison = await read("compare", ["target"], comparisonSchema);
  for (const [reason, results] of missing) {
    emit({ code: "results-missing", results, location: relay.location, reason });
  }
  return {
    versions: { source: source?.versions ?? null, target: target?.versions ?? null },
    fingerprint: comparison?.fingerprint ?? null,
  };
}

/** The first directory that has the result decides; one that cannot be read is told only when no other has it. */
async function readFirst(relay: Relay, step: string, directories: Directory[]): Promise<StoredResult> {
  let answer: StoredResult = { kind: "absent" };
  for (const directory of directories) {
    const stored = await relay.read(directory, step);
    if (stored.kind === "read") return stored;
    if (stored.kind === "unreadable") answer = stored;
  }
  return answer;
}

function check<T>(stored: StoredResult, schema: z.ZodType<T>): { content: T | null; reason: string | null } {
  if (stored.kind === "absent") return { content: null, reason: "the steps left none" };
  if (stored.kind === "unreadable") return { content: null, reason: stored.reason };
  const parsed = schema.safeParse(stored.content);
  if (parsed.success) return { content: parsed.data, reason: null };
  return { content: null, reason: `it is not of the expected shape: ${z.prettifyError(parsed.error)}` };
}
