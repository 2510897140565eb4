import { z } from "zod";
import type { StoryEnd } from "./story";
import type { StoryArchiving } from "./story-archiving";

/** What came of the story, a line each. */
export function storyLines({ verification, neighbour, archiving, report, broken }: StoryEnd): string[] {
  const lines: [string, string][] = [["outcome", broken.length === 0 ? "succeeded" : "failed"]];
  if (verification !== null) {
    const { truth, writable, acknowledged, found, missing, outage } = verification;
    lines.push(
      ["truth", truth ?? "unknown"],
      ["takes the application's writes", writable.join(" and ") || "neither side"],
      ["outage", outage === null ? "none" : `${outage.seconds.toFixed(1)} s, from ${outage.startedAt}`],
      ["round trips of its steps", roundTripsOf(report)],
      ["acknowledged rows", String(acknowledged)],
      ["of them on the truth", String(found)],
      ["missing rows", String(missing.length)],
    );
  }
  const saved = report?.["writesSaved"];
  if (typeof saved === "number") lines.push(["writes saved", String(saved)]);
  if (archiving !== null) lines.push(...archivingLines(archiving));
  if (neighbour !== null) {
    lines.push(["neighbouring databases", neighbour.untouched ? "untouched" : "CHANGED"]);
    if (neighbour.session !== null) {
      const { writes, undisturbed } = neighbour.session;
      lines.push(["neighbour's session", `${undisturbed ? "undisturbed" : "DISTURBED"}, ${writes} writes`]);
    }
  }
  return lines.map(([name, value]) => `${name.padEnd(32)}${value}`);
}

/** Each second that a round trip takes longer, as it does on AWS, is a second of outage more. */
function roundTripsOf(report: StoryEnd["report"]): string {
  const { data } = z.looseObject({ outage: z.looseObject({ roundTrips: z.number() }) }).safeParse(report);
  return data === undefined ? "unknown" : String(data.outage.roundTrips);
}

function archivingLines(archiving: StoryArchiving): [string, string][] {
  const { drill, fullBackups, sourceArchivingHealthy, targetSegment } = archiving;
  return [
    ["the target's archiving", targetSegment === null ? "NOT PROVED" : `proved by ${targetSegment}`],
    [
      "full backups",
      fullBackups.map(({ repository, label }) => `repo${repository} ${label}`).join(", ") || "none",
    ],
    ["the old server's archiving", sourceArchivingHealthy ? "healthy" : "BROKEN"],
    ...(drill === null ? [] : [drillLine(drill)]),
  ];
}

function drillLine({
  outcome,
  seconds,
  recoveryPoint,
}: NonNullable<StoryArchiving["drill"]>): [string, string] {
  return ["restore drill", `${outcome}, ${seconds} s, up to ${recoveryPoint ?? "nothing"}`];
}
