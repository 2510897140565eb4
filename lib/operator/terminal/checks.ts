import { verdicts, type Verdict } from "../../checks/check";
import { places, type Place } from "../../checks/place";
import type { Finding } from "../findings";
import { count } from "./count";
import { printable } from "./printable";
import { wrapped } from "./wrapped";

const [narrowest, usual, widest] = [80, 100, 140];
// Wider than this, a check's name takes a line of its own.
const longestName = 34;
const verdictWidth = "verdict".length;
const gap = "  ";

/** The checks as a table, grouped by what they look at, and the figures beneath it. */
export function tableLines(checks: readonly Finding[], columns: number | undefined): string[] {
  const width = Math.min(Math.max(columns ?? usual, narrowest), widest);
  const name = Math.min(Math.max(...checks.map(({ id }) => id.length + gap.length), 5), longestName);
  const widths = [name, verdictWidth, width - name - verdictWidth - 2 * gap.length] as const;
  return [
    row(widths, ["check", "verdict", "finding, and what to do"]),
    widths.map((one) => "-".repeat(one)).join(gap),
    ...places.flatMap((place) => groupLines(place, checks, widths)),
    "",
    ...summaryLines(checks, width),
  ];
}

type Widths = readonly [name: number, verdict: number, finding: number];

function groupLines(place: Place, checks: readonly Finding[], widths: Widths): string[] {
  const group = checks.filter(({ where }) => where === place);
  if (group.length === 0) return [];
  return [place, ...group.flatMap((check) => checkLines(check, widths))];
}

function checkLines({ id, verdict, finding, remedy }: Finding, widths: Widths): string[] {
  const [nameWidth, , findingWidth] = widths;
  const name = gap + printable(id);
  const texts = [
    ...wrapped(printable(finding), findingWidth),
    ...(remedy === "" ? [] : wrapped(`Remedy: ${printable(remedy)}`, findingWidth)),
  ];
  const fits = name.length <= nameWidth;
  return [
    ...(fits ? [] : [name]),
    ...texts.map((text, index) =>
      row(widths, index === 0 ? [fits ? name : "", verdict, text] : ["", "", text]),
    ),
  ];
}

function row([name, verdict]: Widths, cells: readonly [string, string, string]): string {
  return [cells[0].padEnd(name), cells[1].padEnd(verdict), cells[2]].join(gap).trimEnd();
}

/** The figures, and by name what is not well. */
function summaryLines(checks: readonly Finding[], width: number): string[] {
  const named = (verdict: Verdict) =>
    checks.filter((check) => check.verdict === verdict).map(({ id }) => printable(id));
  const figures = verdicts.map((verdict) => `${named(verdict).length} ${verdict}`);
  const unwell = (["fail", "warn"] as const).filter((verdict) => named(verdict).length > 0);
  return [
    `${count(checks.length, "check")}: ${figures.join(", ")}`,
    ...unwell.flatMap((verdict) => wrapped(`${verdict}: ${named(verdict).join(", ")}`, width)),
  ];
}
