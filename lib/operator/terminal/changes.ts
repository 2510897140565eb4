import type { Conclusion } from "../conclude";
import type { Outage, Report, Writes } from "../report/schema";
import { count } from "./count";
import { drillLines, recoveredLines } from "./restored";
import { duration } from "./duration";
import { printable } from "./printable";

/** What a run changed for the application: the truth, the outage, the writes that a rollback saved, a drill, a recovery, a signoff's record. */
export function changeLines({ report, signoff }: Conclusion): string[] {
  return [
    ...(report.truth === null ? [] : [`The truth is the ${report.truth}.`]),
    ...(report.outage === null ? [] : [outageLine(report.outage)]),
    ...(report.writes === null ? [] : writesLines(report.writes, report.writesSaved)),
    ...(report.archiving?.drill ? drillLines(report.archiving.drill) : []),
    ...(report.recovered === null ? [] : recoveredLines(report.recovered)),
    ...(signoff === null ? [] : signoffLines(signoff)),
  ];
}

function outageLine({ startedAt, endedAt, seconds, roundTrips }: Outage): string {
  if (endedAt === null || seconds === null) return `OUTAGE: since ${startedAt}, and not over.`;
  const trips = `${count(roundTrips, "round trip")} to Systems Manager: a second more for each is ${duration(roundTrips)} more`;
  return `Outage: ${duration(seconds)} (${startedAt} to ${endedAt}), with ${trips}.`;
}

function writesLines(writes: Writes, saved: Report["writesSaved"]): string[] {
  const { relations, conflicts, applied, deletesNotSaved, location, changedDefinitions } = writes;
  return [
    `Writes since the switch: ${count(saved ?? 0, "row")} of ${count(relations.length, "relation")} saved in ${printable(location)}`,
    ...relations.map(({ name, rows }) => `  ${printable(name)}: ${count(rows, "row")}`),
    applied === null
      ? "None was applied on the source: these rows stay behind in what was saved."
      : `Applied on the source: ${count(applied, "row")}`,
    ...(conflicts.length === 0
      ? []
      : ["Conflicts (the source's own row was kept, the other is in what was saved):"]),
    ...conflicts.map(({ relation, rows }) => `  ${printable(relation)}: ${count(rows, "row")}`),
    ...definitionLines(changedDefinitions),
    ...(deletesNotSaved ? [`Deleted since the switch, and not saved: ${count(deletesNotSaved, "row")}`] : []),
  ];
}

function definitionLines(changed: Writes["changedDefinitions"]): string[] {
  if (changed === null) return ["Whether definitions changed since the switch is not known."];
  if (changed.length === 0) return [];
  return [
    "Defined otherwise on the target since the switch, and not taken back:",
    ...changed.map((one) => `  ${printable(one)}`),
  ];
}

function signoffLines(record: NonNullable<Conclusion["signoff"]>): string[] {
  const { decommission } = record;
  if (decommission === undefined) return [`Final record: ${printable(JSON.stringify(record))}`];
  return ["May be decommissioned now:", ...decommission.map((item) => `  ${printable(item)}`)];
}
