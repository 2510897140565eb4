import type { Conclusion } from "../conclude";
import type { CatalogDifference, Fingerprint, RelationDifference, Versions } from "../report/schema";
import { changeLines } from "./changes";
import { count } from "./count";
import { duration } from "./duration";
import { printable } from "./printable";

/** An extension that was updated may differ from a new one in hundreds of its members. */
const EXPLAINED_SHOWN = 20;

/** The run for people: how it ended, what it changed, what was compared, and every difference with both values. */
export function summaryLines(conclusion: Conclusion): string[] {
  const { report, status, seconds, automation } = conclusion;
  const { runId, outcome, fingerprint, versions } = report;
  const compares = automation === null || automation === "Rehearsal" || automation === "Cutover";
  const detail = outcome === "failed" && status !== "Failed" ? ` (${status})` : "";
  return [
    `Run ${runId} ${outcome}${detail} after ${duration(seconds)}`,
    ...changeLines(conclusion),
    ...versionLines("source", versions.source),
    ...versionLines("target", versions.target),
    ...(fingerprint !== null ? fingerprintLines(fingerprint) : compares ? ["Nothing was compared."] : []),
    ...(report.heldJobs === null || report.heldJobs.length === 0
      ? []
      : [`Not run on the copy (--run-jobs runs them): ${printable(report.heldJobs.join(", "))}`]),
  ];
}

function versionLines(host: string, versions: Versions | null): string[] {
  if (versions === null) return [];
  const told = Object.entries(versions).map(
    ([name, version]) => `${name} ${typeof version === "string" ? version : JSON.stringify(version)}`,
  );
  return [`${host}: ${printable(told.join(", "))}`];
}

function fingerprintLines(fingerprint: Fingerprint): string[] {
  const { relations, rows, catalogLines, differentRelations, differentCatalogLines } = fingerprint;
  const { acceptedDifferences, carriedSettings } = fingerprint;
  const expected = differentCatalogLines.filter((difference) => difference.expected);
  const unexpected = differentCatalogLines.filter((difference) => !difference.expected);
  return [
    `Compared: ${count(relations, "relation")}, ${count(rows, "row")}, ${count(catalogLines, "catalog line")}`,
    verdictOf(differentRelations.length, "relation"),
    ...differentRelations.flatMap(relationDifferenceLines),
    verdictOf(unexpected.length, "catalog line"),
    ...unexpected.flatMap(catalogDifferenceLines),
    ...(acceptedDifferences.length === 0
      ? []
      : [`Different, and accepted by name: ${printable(acceptedDifferences.join("; "))}`]),
    ...(carriedSettings.length === 0
      ? []
      : [
          `Set for the database, because the target's server differs: ${printable(carriedSettings.map(settingText).join(", "))}`,
        ]),
    ...(expected.length === 0 ? [] : [`Different, and explained: ${count(expected.length, "catalog line")}`]),
    ...expected.slice(0, EXPLAINED_SHOWN).flatMap(catalogDifferenceLines),
    ...(expected.length <= EXPLAINED_SHOWN
      ? []
      : [`  and ${expected.length - EXPLAINED_SHOWN} more, in the report`]),
  ];
}

function settingText({ name, value, target }: Fingerprint["carriedSettings"][number]): string {
  return `${name} = ${value ?? "PostgreSQL's default"} (the server: ${target ?? "PostgreSQL's default"})`;
}

function verdictOf(different: number, noun: string): string {
  return different === 0 ? `No ${noun} differs.` : `Different: ${count(different, noun)}`;
}

function relationDifferenceLines({ name, source, target }: RelationDifference): string[] {
  const side = (value: RelationDifference["source"]) =>
    value === null ? "(absent)" : printable(`${count(value.rows, "row")}, digest ${value.digest}`);
  return [`  ${printable(name)}`, ...bothSides(side(source), side(target))];
}

function catalogDifferenceLines({ object, attribute, source, target, because }: CatalogDifference): string[] {
  const side = (value: string | null) => (value === null ? "(absent)" : printable(JSON.stringify(value)));
  return [
    `  ${printable(object)}: ${printable(attribute)}`,
    ...bothSides(side(source), side(target)),
    ...(because === null ? [] : [`    because ${printable(because)}`]),
  ];
}

function bothSides(source: string, target: string): string[] {
  return [`    source  ${source}`, `    target  ${target}`];
}
