import { z } from "zod";

// Loose where the steps decide what they tell: a report carries it whole.

/** What one host runs, as its inspection found it: PostgreSQL, its extensions … */
export const versionsSchema = z.record(z.string(), z.json());

const relationSchema = z.looseObject({ rows: z.number(), digest: z.string() }).nullable();

/** A relation whose rows are not the same on both sides; null on the side that does not have it. */
export const relationDifferenceSchema = z.looseObject({
  name: z.string(),
  source: relationSchema,
  target: relationSchema,
});

/** A catalog line that is not the same on both sides; null on the side that does not have it. */
export const catalogDifferenceSchema = z.looseObject({
  object: z.string(),
  attribute: z.string(),
  source: z.string().nullable(),
  target: z.string().nullable(),
  /** True for what is explained: the environment's ownership setting changes it, or a dump leaves it to an extension's script. */
  expected: z.boolean(),
  because: z.string().nullable(),
});

export const fingerprintSchema = z.looseObject({
  /** How many were compared. */
  relations: z.number().int().nonnegative(),
  rows: z.number().nonnegative(),
  differentRelations: z.array(relationDifferenceSchema),
  catalogLines: z.number().int().nonnegative(),
  differentCatalogLines: z.array(catalogDifferenceSchema),
  /** Names of differences that somebody accepted: `relation public.x`. */
  acceptedDifferences: z.array(z.string()).default([]),
  /** Settings of the source's server that the target's database got as its own; null is PostgreSQL's default. */
  carriedSettings: z
    .array(z.object({ name: z.string(), value: z.string().nullable(), target: z.string().nullable() }))
    .default([]),
});

/** From the fence to the moment at which the application could write again; null while it cannot. */
export const outageSchema = z.object({
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  seconds: z.number().nonnegative().nullable(),
  /** Commands that Systems Manager carried to a host meanwhile: each second that one takes longer is a second of outage. */
  roundTrips: z.number().nonnegative(),
});

/** The writes since the switch, as the rollback saved them. */
export const writesSchema = z.object({
  relations: z.array(z.looseObject({ name: z.string(), rows: z.number() })),
  /** Rows that the source had otherwise: its own were kept. Empty as well when nothing was applied. */
  conflicts: z.array(z.looseObject({ relation: z.string(), rows: z.number() })),
  /** Rows applied on the source; null when they stay behind in the saved dump. */
  applied: z.number().nullable(),
  /** Rows deleted since the switch; no dump of what is new can hold them. */
  deletesNotSaved: z.number().nullable(),
  location: z.string(),
  /** What was defined otherwise on the target since the switch, which no rollback takes back; null where that is not known. */
  changedDefinitions: z.array(z.string()).nullable(),
});

export const fullBackupSchema = z.looseObject({
  /** The repository's key in pgbackrest.conf. */
  repository: z.number().int(),
  label: z.string(),
  seconds: z.number().nonnegative(),
});

/** What one repository gave in a drill. */
export const restoredSchema = z.object({
  status: z.literal("succeeded"),
  /** The repository's key in pgbackrest.conf. */
  repository: z.number().int(),
  backup: z.string(),
  recoveryPoint: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  restoredBytes: z.number().nonnegative(),
  relations: z.number().int().nonnegative(),
  rows: z.number().int().nonnegative(),
  /** Counts of what TimescaleDB has there; null where there is no TimescaleDB. */
  timescaledb: z.record(z.string(), z.number()).nullable(),
});

/** A restore drill: a point-in-time restore beside the live cluster, once for each repository. */
export const drillSchema = z.looseObject({
  outcome: z.enum(["succeeded", "failed"]),
  seconds: z.number().nonnegative(),
  /** The last moment of which the restored cluster has the writes; the earliest, where repositories differ. */
  recoveryPoint: z.string().nullable(),
  /** Those that could be restored from. */
  repositories: z.array(restoredSchema).exactOptional(),
});

/** What a recovery after the loss of the instance restored. */
export const recoveredSchema = z.object({
  repository: z.number().int(),
  backup: z.string(),
  recoveryPoint: z.iso.datetime(),
  timeline: z.number().int(),
  databaseBytes: z.number().nonnegative(),
  /** Where the cluster that was there before lies now. */
  setAside: z.string(),
  seconds: z.number().nonnegative(),
});

export const archivingSchema = z.object({
  /** Whether a segment that was forced after archiving was turned on was found in every repository. */
  targetSegmentArrived: z.boolean(),
  targetSegment: z.string().nullable(),
  /** Null where nobody looked: a network source's server is another's. */
  sourceArchivingHealthy: z.boolean().nullable(),
  fullBackups: z.array(fullBackupSchema),
  drill: drillSchema.nullable(),
});

/** report.json */
export const reportSchema = z.object({
  runId: z.string(),
  outcome: z.enum(["succeeded", "failed"]),
  /** Those that began, in order. */
  steps: z.array(
    z.object({
      name: z.string(),
      host: z.enum(["source", "target"]).nullable(),
      status: z.string(),
      startedAt: z.iso.datetime(),
      seconds: z.number().nonnegative(),
    }),
  ),
  versions: z.object({ source: versionsSchema.nullable(), target: versionsSchema.nullable() }),
  fingerprint: fingerprintSchema.nullable(),
  /** The application's jobs, which a rehearsal does not run unless it is told to; null for what is no rehearsal. */
  heldJobs: z.array(z.string()).nullable(),
  /** The side that the application's secret pointed at when the report was made; null for what switches nothing. */
  truth: z.enum(["source", "target"]).nullable(),
  outage: outageSchema.nullable(),
  /** Rows that the application was told are safe, and those of them that the truth lacks; only the lab can know. */
  acknowledgedRows: z.number().int().nonnegative().nullable(),
  missingRows: z.number().int().nonnegative().nullable(),
  writesSaved: z.number().int().nonnegative().nullable(),
  writes: writesSchema.nullable(),
  /** Null for what turns no archiving on and drills nothing. */
  archiving: archivingSchema.nullable(),
  /** Null for what recovers no lost instance. */
  recovered: recoveredSchema.nullable(),
});

export type Report = z.infer<typeof reportSchema>;
export type Versions = z.infer<typeof versionsSchema>;
export type Outage = z.infer<typeof outageSchema>;
export type Writes = z.infer<typeof writesSchema>;
export type Archiving = z.infer<typeof archivingSchema>;
export type Restored = z.infer<typeof restoredSchema>;
export type Recovered = z.infer<typeof recoveredSchema>;
export type Drill = z.infer<typeof drillSchema>;
export type Fingerprint = z.infer<typeof fingerprintSchema>;
export type RelationDifference = z.infer<typeof relationDifferenceSchema>;
export type CatalogDifference = z.infer<typeof catalogDifferenceSchema>;
