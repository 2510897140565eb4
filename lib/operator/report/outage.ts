import type { Execution } from "../execution";
import type { Automation } from "../names";
import { succeeded } from "../status";
import type { HostName, Step } from "../step";
import type { Outage } from "./schema";

interface Ways {
  fence: string;
  /** By which the application could write on the other side: when the last of them ended. Each by its names. */
  over: readonly (readonly string[])[];
  /** The side that these lead to. */
  to: HostName;
  /** By which it could write again where it had written before. */
  back: readonly string[];
}

const ways: Partial<Record<Automation, Ways>> = {
  Cutover: {
    fence: "fenceSource",
    over: [["activate"], ["switch"]],
    to: "target",
    back: ["reopenSource", "reopenSourceAgain"],
  },
  Rollback: {
    fence: "fenceTarget",
    over: [["switchBack"], ["reopenSource", "reopenSourceAgain"]],
    to: "source",
    back: ["reopenTarget", "reopenTargetAgain"],
  },
};

/**
 * From the fence to the moment at which the application could write again, as the steps tell it; null when no fence
 * began.
 * @param fencedAt when the fence closed the database, where it could still say so
 */
export function outageOf(
  { automation, status, steps }: Execution,
  fencedAt: Date | null,
  truth: HostName | null,
): Outage | null {
  const way = automation === null ? undefined : ways[automation];
  if (way === undefined) return null;
  const end = (names: readonly string[]) => endOf(steps.filter((step) => names.includes(step.name)));
  const startedAt = fencedAt ?? steps.find((step) => step.name === way.fence)?.startedAt ?? null;
  if (startedAt === null) return null;
  const reached = truth ?? (status === succeeded ? way.to : null);
  const endedAt = end(way.back) ?? (reached === way.to ? lastOf(way.over.map(end)) : null);
  const within = ({ startedAt: begun, endedAt: done }: Step) =>
    begun !== null && (endedAt === null || begun < endedAt) && (done === null || done > startedAt);
  return {
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    seconds: endedAt === null ? null : secondsBetween(startedAt, endedAt),
    roundTrips: steps.filter((step) => step.action === "aws:runCommand" && within(step)).length,
  };
}

/** When the first of them succeeded. A switch that AWS counts as failed has happened where the secret says so. */
function endOf(steps: Step[]): Date | null {
  const done = steps.find((step) => step.status === succeeded || /^switch(Back)?$/.test(step.name));
  return done?.endedAt ?? null;
}

/** Null while one of them has not ended. */
function lastOf(ends: (Date | null)[]): Date | null {
  if (ends.includes(null)) return null;
  return ends.reduce((last, end) => (last === null || (end !== null && end > last) ? end : last), null);
}

function secondsBetween(start: Date, end: Date): number {
  return Math.max(0, Math.round((end.getTime() - start.getTime()) / 100) / 10);
}
