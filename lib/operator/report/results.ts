import { z } from "zod";
import type { Emit } from "../events";
import type { Execution } from "../execution";
import type { Automation } from "../names";
import { directoriesOf, type StoredResult } from "../relay";
import type { HostName } from "../step";
import {
  type Archiving,
  fingerprintSchema,
  type Drill,
  type Recovered,
  recoveredSchema,
  fullBackupSchema,
  type Restored,
  restoredSchema,
  versionsSchema,
  type Fingerprint,
  type Versions,
  type Writes,
} from "./schema";

/** Where the results of a run are read: the relay, or what its commands printed. */
export interface ResultSource {
  /** For people. */
  readonly location: string;
  readFirst(directories: readonly HostName[], result: string): Promise<StoredResult>;
}

/** What the report takes from the results; null for what is not there. */
export interface Results {
  versions: { source: Versions | null; target: Versions | null };
  fingerprint: Fingerprint | null;
  /** The application's jobs that a rehearsal did not run. */
  heldJobs: string[] | null;
  /** When the fence closed the database, in its own words. */
  fencedAt: Date | null;
  writesSaved: number | null;
  writes: Writes | null;
  /** Null for what is no cutover, no drill and no recovery. */
  archiving: Archiving | null;
  /** What a recovery restored. */
  recovered: Recovered | null;
  /** What a signoff says of itself and of what may be decommissioned. */
  signoff: SignoffRecord | null;
}

const inspectionSchema = z.looseObject({ versions: versionsSchema });
const comparisonSchema = z.looseObject({ fingerprint: fingerprintSchema });
const startedSchema = z.looseObject({ heldJobs: z.array(z.string()) });
const fenceSchema = z.looseObject({ fencedAt: z.iso.datetime({ offset: true }) });
const savedSchema = z.looseObject({
  writesSaved: z.number().int().nonnegative(),
  relations: z.array(z.looseObject({ name: z.string(), rows: z.number() })),
  deletesNotSaved: z.number().exactOptional(),
  location: z.string(),
});
const definitionsSchema = z.looseObject({ changedDefinitions: z.array(z.string()).nullable() });
const appliedSchema = z.looseObject({
  writesApplied: z.number(),
  conflicts: z.array(z.looseObject({ relation: z.string(), rows: z.number() })),
});
const archivingSchema = z.looseObject({ segment: z.string() });
const backupsSchema = z.looseObject({ fullBackups: z.array(fullBackupSchema) });
const checksSchema = z.looseObject({
  checks: z.array(z.looseObject({ id: z.string(), verdict: z.string() })),
});
const failedSchema = z.object({ status: z.literal("failed") });
const signoffSchema = z.looseObject({
  record: z.looseObject({ decommission: z.array(z.string()).exactOptional() }),
});
export type SignoffRecord = z.infer<typeof signoffSchema>["record"];

/** The steps of a drill, and their results. */
const drillSteps: Readonly<Record<string, string>> = {
  restoreDrillRepo3: "restore-drill-repo3",
  restoreDrillRepo2: "restore-drill-repo2",
};

/** What the report wants of the steps of each automation. */
const resultsOf: Readonly<Record<Automation, readonly string[]>> = {
  Rehearsal: ["inspect-source", "inspect-target", "compare", "start-workers"],
  Cutover: [
    ...["inspect-source", "inspect-target", "compare", "fence-source"],
    ...["check-source", "start-archiving", "full-backup"],
  ],
  Rollback: ["fence-target", "changed-definitions", "save-writes", "apply-writes"],
  Signoff: ["record-signoff"],
  Reopen: [],
  Preflight: [],
  Recover: ["recover", "start-archiving"],
  RestoreDrill: Object.values(drillSteps),
};

/**
 * Reads the run's results. What cannot be read is told and left out: a report without it is better than none.
 * @param needed whether a result that is absent is worth telling: a run that failed early has none
 */
export async function readResults(
  source: ResultSource,
  { automation, steps }: Execution,
  needed: boolean,
  emit: Emit,
): Promise<Results> {
  const missing = new Map<string, string[]>();
  const has = new Set<string>(automation === null ? [] : resultsOf[automation]);
  // Writes are only applied where that was asked for, and so are the repositories of a drill.
  for (const [step, result] of [["applyWrites", "apply-writes"] as const, ...Object.entries(drillSteps)]) {
    if (!steps.some(({ name, startedAt }) => name === step && startedAt !== null)) has.delete(result);
  }
  const read = async <T>(side: HostName, result: string, schema: z.ZodType<T>): Promise<T | null> => {
    if (!has.has(result)) return null;
    const stored = await source.readFirst(directoriesOf(side), result);
    const { content, reason } = check(stored, schema);
    if (reason !== null && (needed || stored.kind !== "absent")) {
      missing.set(reason, [...(missing.get(reason) ?? []), result]);
    }
    return content;
  };
  const inspected = await read("source", "inspect-source", inspectionSchema);
  const target = await read("target", "inspect-target", inspectionSchema);
  const comparison = await read("target", "compare", comparisonSchema);
  const started = await read("target", "start-workers", startedSchema);
  const fence =
    (await read("source", "fence-source", fenceSchema)) ??
    (await read("target", "fence-target", fenceSchema));
  const saved = await read("target", "save-writes", savedSchema);
  const applied = await read("source", "apply-writes", appliedSchema);
  const definitions = await read("target", "changed-definitions", definitionsSchema);
  const checked = await read("source", "check-source", checksSchema);
  const archived = await read("target", "start-archiving", archivingSchema);
  const backups = await read("target", "full-backup", backupsSchema);
  const restored: Restored[] = [];
  const drilled = Object.values(drillSteps).filter((result) => has.has(result));
  for (const result of drilled) {
    const one = await read("target", result, restoredSchema);
    if (one !== null) restored.push(one);
  }
  const recovered = await read("target", "recover", recoveredSchema);
  const signoff = await read("target", "record-signoff", signoffSchema);
  for (const [reason, results] of missing) {
    emit({ code: "results-missing", results, location: source.location, reason });
  }
  return {
    versions: { source: inspected?.versions ?? null, target: target?.versions ?? null },
    fingerprint: comparison?.fingerprint ?? null,
    heldJobs: started?.heldJobs ?? null,
    fencedAt: fence === null ? null : new Date(fence.fencedAt),
    writesSaved: saved?.writesSaved ?? null,
    writes: saved === null ? null : writesOf(saved, applied, definitions?.changedDefinitions ?? null),
    archiving:
      automation === "Cutover"
        ? {
            targetSegmentArrived: archived !== null,
            targetSegment: archived?.segment ?? null,
            sourceArchivingHealthy: checked === null ? null : isHealthy(checked.checks),
            fullBackups: backups?.fullBackups ?? [],
            drill: null,
          }
        : automation === "RestoreDrill"
          ? { ...nothingArchived, drill: drillOf(restored, drilled.length) }
          : null,
    recovered,
    signoff: signoff?.record ?? null,
  };
}

const sourceArchivingChecks = ["source-archive-mode", "source-archiving", "source-archived-segment"];

/** As the gate found it: nobody touches the source's archiving after that. */
function isHealthy(checks: z.infer<typeof checksSchema>["checks"]): boolean {
  const failed = checks.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
  return !sourceArchivingChecks.some((id) => failed.includes(id));
}

const nothingArchived = {
  ...{ targetSegmentArrived: false, targetSegment: null },
  ...{ sourceArchivingHealthy: null, fullBackups: [] },
};

/** @param wanted how many repositories were drilled; null where the run did not come to any */
function drillOf(restored: readonly Restored[], wanted: number): Drill | null {
  if (wanted === 0) return null;
  const points = restored.map(({ recoveryPoint }) => recoveryPoint).sort();
  return {
    outcome: restored.length === wanted ? "succeeded" : "failed",
    seconds: restored.reduce((sum, { seconds }) => sum + seconds, 0),
    recoveryPoint: points[0] ?? null,
    repositories: [...restored],
  };
}

function writesOf(
  saved: z.infer<typeof savedSchema>,
  applied: z.infer<typeof appliedSchema> | null,
  changedDefinitions: string[] | null,
): Writes {
  return {
    relations: saved.relations,
    conflicts: applied?.conflicts ?? [],
    applied: applied?.writesApplied ?? null,
    deletesNotSaved: saved.deletesNotSaved ?? null,
    location: saved.location,
    changedDefinitions,
  };
}

function check<T>(stored: StoredResult, schema: z.ZodType<T>): { content: T | null; reason: string | null } {
  if (stored.kind === "absent") return { content: null, reason: "the steps left none" };
  if (stored.kind === "unreadable") return { content: null, reason: stored.reason };
  const parsed = schema.safeParse(stored.content);
  if (parsed.success) return { content: parsed.data, reason: null };
  // A step that failed leaves its verdict, which is told with the step.
  if (failedSchema.safeParse(stored.content).success) return { content: null, reason: null };
  return { content: null, reason: `it is not of the expected shape: ${z.prettifyError(parsed.error)}` };
}
