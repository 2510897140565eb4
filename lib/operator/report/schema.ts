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
  /** True for what the environment's ownership setting changes on purpose. */
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
});

export type Report = z.infer<typeof reportSchema>;
export type Versions = z.infer<typeof versionsSchema>;
export type Fingerprint = z.infer<typeof fingerprintSchema>;
export type RelationDifference = z.infer<typeof relationDifferenceSchema>;
export type CatalogDifference = z.infer<typeof catalogDifferenceSchema>;
