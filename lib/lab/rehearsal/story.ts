import { z } from "zod";
import type { Application } from "../application/application";
import { type Ended, Migration, type MigrationOptions } from "./migration";
import {
  archivingOf,
  brokenArchiving,
  drill as drillRepositories,
  type StoryArchiving,
  type StoryDrill,
} from "./story-archiving";
import { Neighbour, type NeighbourVerdict } from "./neighbour";
import { brokenPromises, type Verification, verify } from "./verification";

export interface StoryOptions extends MigrationOptions {
  readonly rollback: boolean;
  /** A restore drill from each repository, after the cutover. */
  readonly drill: boolean;
  readonly log: (line: string) => void;
}

/** How the whole story ended. */
export interface StoryEnd {
  /** The last automation's report, with what only the lab can know. Null when no automation left one. */
  readonly report: Readonly<Record<string, unknown>> | null;
  readonly verification: Verification | null;
  readonly neighbour: NeighbourVerdict | null;
  /** Null when there was no cutover. */
  readonly archiving: StoryArchiving | null;
  /** Why the story failed, a sentence each; none when it succeeded. */
  readonly broken: readonly string[];
}

/** A while in which the application writes to the new truth before the way back begins. */
const WRITING_MILLISECONDS = 3_000;

/** Rehearsal, cutover and, where asked, rollback, with the application writing all along; then the verification. */
export async function tellStory(options: StoryOptions): Promise<StoryEnd> {
  const neighbour = await Neighbour.watch(options.lab);
  const migration = new Migration(options);
  const { last, cutOver, drill, broken } = await migrate(migration, options);
  await options.application.stop();
  options.log("verifying");
  const verification = await verify(migration, last.startedAt, await migration.truth());
  const verdict = await neighbour.verdict();
  const archiving = cutOver === null ? null : await archivingOf(cutOver, drill, migration);
  const left = options.rollback && !options.carryWrites ? savedRows(last) : 0;
  return {
    report: reportOf(last, verification, archiving),
    verification,
    neighbour: verdict,
    archiving,
    broken: [
      ...broken,
      ...brokenPromises(verification, left),
      ...ofNeighbour(verdict),
      ...(archiving === null ? [] : brokenArchiving(archiving)),
    ],
  };
}

interface Migrated {
  readonly last: Ended;
  /** The cutover, where it succeeded. */
  readonly cutOver: Ended | null;
  readonly drill: StoryDrill | null;
  readonly broken: readonly string[];
}

/** Stops at the first command that fails. */
async function migrate(
  migration: Migration,
  { log, rollback, application, drill: drills }: StoryOptions,
): Promise<Migrated> {
  log("the application writes; rehearsing");
  const rehearsed = await migration.rehearse();
  if (rehearsed.exitCode !== 0) return failed(rehearsed, "The rehearsal failed.");
  log("cutting over");
  const cutOver = await migration.cutover();
  if (cutOver.exitCode !== 0) return failed(cutOver, "The cutover failed.");
  await migration.writesAgain("target");
  if (drills) log("drilling a restore from each repository");
  const drill = drills ? await drillRepositories(migration) : null;
  if (!rollback) return { last: cutOver, cutOver, drill, broken: [] };
  await aWhile(application);
  log("rolling back");
  const rolledBack = await migration.rollback();
  const after = { last: rolledBack, cutOver, drill };
  if (rolledBack.exitCode !== 0) return { ...after, broken: ["The rollback failed."] };
  await migration.writesAgain("source");
  return { ...after, broken: [] };
}

function failed(last: Ended, sentence: string): Migrated {
  return { last, cutOver: null, drill: null, broken: [sentence] };
}

/** The operator's report, and what the application and the two servers say. */
export function reportOf(
  { report }: Ended,
  verification: Verification,
  archiving: StoryArchiving | null = null,
): StoryEnd["report"] {
  if (report === null) return null;
  const { acknowledged: acknowledgedRows, missing, outage, truth } = verification;
  const reckoned = z.looseObject({ roundTrips: z.number() }).safeParse(report["outage"]).data;
  const known = {
    ...{ truth, acknowledgedRows, missingRows: missing.length },
    outage: outage && { ...outage, ...(reckoned && { roundTrips: reckoned.roundTrips }) },
  };
  return { ...report, ...known, ...(archiving !== null && { archiving }) };
}

const writesSchema = z.looseObject({
  relations: z.array(z.looseObject({ name: z.string(), rows: z.number() })),
});

/** The application's rows among the writes that a rollback saved: jobs of the database write too. */
function savedRows({ report }: Ended): number {
  const { data } = writesSchema.safeParse(report?.["writes"]);
  return data?.relations.find(({ name }) => name === "lab.tracker_write")?.rows ?? 0;
}

function ofNeighbour({ untouched, session }: NeighbourVerdict): string[] {
  const broken = [];
  if (!untouched) broken.push("A neighbouring database of the source was changed.");
  if (session?.undisturbed === false) broken.push("A session of the neighbouring database was disturbed.");
  return broken;
}

async function aWhile(application: Application): Promise<void> {
  const since = Date.now() + WRITING_MILLISECONDS;
  await application.waitForWrite({ since });
}
