import { setTimeout as sleep } from "node:timers/promises";
import { patienceMs } from "../patience";
import { psql } from "../seed/psql";
import type { RehearsalLab } from "./rehearsal-lab";

/** How the old server's archiving fared, from its first segment in the repository to one of this moment. */
export interface SourceArchiving {
  /** The segment of this moment arrived, and none before it is missing. */
  readonly healthy: boolean;
  readonly segments: number;
  /** Segments between the first and the last that the repository does not hold. */
  readonly missing: readonly string[];
}

const SEGMENTS_PER_FILE_OF_LOG = 256;
/** The restore point makes sure that there is something in the segment. */
const switchSegment = "SELECT pg_walfile_name(pg_switch_wal()) FROM pg_create_restore_point('of the lab')";

/** Forces a segment at the source and looks for it, and for holes, where the repository host keeps them. */
export async function sourceArchiving(rehearsal: RehearsalLab): Promise<SourceArchiving> {
  const last = (
    await psql(rehearsal.lab.hosts.source, { name: "a segment switch", sql: switchSegment })
  ).trim();
  const deadline = Date.now() + patienceMs;
  let there = await segmentsInRepository(rehearsal);
  while (!there.includes(last) && Date.now() < deadline) {
    await sleep(500);
    there = await segmentsInRepository(rehearsal);
  }
  const missing = holes(there);
  return { healthy: there.includes(last) && missing.length === 0, segments: there.length, missing };
}

async function segmentsInRepository({ environment, lab }: RehearsalLab): Promise<string[]> {
  const { repo3, sourceStanza } = environment.repository.pgbackrest;
  const folder = `${repo3.path}/archive/${sourceStanza}`;
  const { stdout } = await lab.hosts.repository.run(["find", folder, "-type", "f", "-printf", "%f\\n"]);
  // A segment's file has a checksum after its name; a backup's and a history's have an end of their own.
  const segments = stdout.split("\n").flatMap((file) => /^([0-9A-F]{24})-[0-9a-f]{40}/.exec(file)?.[1] ?? []);
  return [...new Set(segments)].sort();
}

function holes(segments: readonly string[]): string[] {
  const present = new Set(segments);
  const [first, last] = [segments[0], segments.at(-1)];
  const missing = [];
  for (let name = first; name !== undefined && last !== undefined && name < last; name = nextSegment(name))
    if (!present.has(name)) missing.push(name);
  return missing;
}

/** On the same timeline: the lab's old server is never promoted. */
function nextSegment(name: string): string {
  const [timeline, log, segment] = [0, 8, 16].map((at) => parseInt(name.slice(at, at + 8), 16)) as [
    number,
    number,
    number,
  ];
  const isLast = segment === SEGMENTS_PER_FILE_OF_LOG - 1;
  return [timeline, isLast ? log + 1 : log, isLast ? 0 : segment + 1]
    .map((part) => part.toString(16).toUpperCase().padStart(8, "0"))
    .join("");
}
