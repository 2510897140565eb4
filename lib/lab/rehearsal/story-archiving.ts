import { z } from "zod";
import type { Ended, Migration } from "./migration";
import { sourceArchiving } from "./source-archiving";

/** repo3 on the repository host and repo2 in S3. */
const REPOSITORIES = 2;

/** How WAL and backups of both servers fared in the story: `archiving` of report.json. */
export interface StoryArchiving {
  readonly targetSegmentArrived: boolean;
  readonly targetSegment: string | null;
  readonly sourceArchivingHealthy: boolean;
  readonly fullBackups: readonly { readonly repository: number; readonly label: string }[];
  readonly drill: StoryDrill | null;
}

export interface StoryDrill {
  readonly outcome: "succeeded" | "failed";
  /** Of all repositories together. */
  readonly seconds: number;
  /** The earliest of them. */
  readonly recoveryPoint: string | null;
}

const ofCutover = z.looseObject({
  targetSegmentArrived: z.boolean(),
  targetSegment: z.string().nullable(),
  fullBackups: z.array(z.looseObject({ repository: z.number(), label: z.string() })),
});
const drilled = z.looseObject({
  archiving: z.looseObject({
    drill: z.looseObject({
      outcome: z.enum(["succeeded", "failed"]),
      seconds: z.number(),
      recoveryPoint: z.string().nullable(),
    }),
  }),
});

/** Drills each repository by the operator's command. */
export async function drill(migration: Migration): Promise<StoryDrill> {
  const { data } = drilled.safeParse((await migration.drill()).json);
  return data?.archiving.drill ?? { outcome: "failed", seconds: 0, recoveryPoint: null };
}

/** What the cutover's report says of the target, and what the lab sees of the old server at the story's end. */
export async function archivingOf(
  cutOver: Ended,
  drill: StoryDrill | null,
  { options }: Migration,
): Promise<StoryArchiving> {
  const { data } = ofCutover.safeParse(cutOver.report?.["archiving"]);
  const { healthy } = await sourceArchiving(options.lab);
  return {
    ...data,
    targetSegmentArrived: data?.targetSegmentArrived ?? false,
    targetSegment: data?.targetSegment ?? null,
    sourceArchivingHealthy: healthy,
    fullBackups: data?.fullBackups ?? [],
    drill,
  };
}

/** What does not hold of the archiving, a sentence each. */
export function brokenArchiving(archiving: StoryArchiving): string[] {
  const broken = [];
  if (!archiving.targetSegmentArrived)
    broken.push("No segment of the target was proved in its repositories.");
  if (!archiving.sourceArchivingHealthy)
    broken.push("The old server's archiving is broken: a segment of it is not in the repository.");
  if (archiving.fullBackups.length !== REPOSITORIES)
    broken.push(
      `${archiving.fullBackups.length} full backups were made; there are ${REPOSITORIES} repositories.`,
    );
  if (archiving.drill?.outcome === "failed") broken.push("The restore drill failed.");
  return broken;
}
