import { z } from "zod";
import { pgbackrest } from "../schema/pgbackrest";
import { rule } from "./rule";

/** The levels that pgBackRest takes for each compression. */
const LEVELS = { none: undefined, gz: [0, 9], bz2: [1, 9], lz4: [-5, 12], zst: [-7, 22] } as const;

export const compressLevelFitsItsType = rule(
  underPgbackrest(pgbackrest.pick({ compressType: true, compressLevel: true }).strip()),
  ({ repository: { pgbackrest } }) => {
    const { compressType, compressLevel } = pgbackrest;
    const levels = LEVELS[compressType];
    if (!levels || (levels[0] <= compressLevel && compressLevel <= levels[1])) return [];
    return [
      {
        path: ["repository", "pgbackrest", "compressLevel"],
        why: `is no level of "${compressType}"`,
        remedy: `Use a level from ${levels[0]} to ${levels[1]}.`,
      },
    ];
  },
);

export const endpointServesTheBucketsRegion = rule(
  underPgbackrest(
    z.object({
      repo2: pgbackrest.shape.repo2.unwrap().pick({ region: true, endpoint: true }).strip().prefault({}),
    }),
  ),
  ({ repository: { pgbackrest } }) => {
    const { region, endpoint } = pgbackrest.repo2;
    // Endpoints of S3's public names carry the region; a private endpoint may be called anything.
    const named = /^s3[.-](?:dualstack\.)?([a-z]{2}(?:-[a-z]+)+-[0-9])\.amazonaws\.com/.exec(endpoint)?.[1];
    if (named === undefined || named === region) return [];
    return [
      {
        path: ["repository", "pgbackrest", "repo2", "endpoint"],
        why: `serves ${named}, but repo2's bucket is in ${region}`,
        remedy: `Write "s3.${region}.amazonaws.com", or correct repo2.region.`,
      },
    ];
  },
);

function underPgbackrest<S extends z.ZodType>(keys: S) {
  return z.object({ repository: z.object({ pgbackrest: keys }) });
}
