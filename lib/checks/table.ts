import { catalogue } from "./catalogue";
import { checkSteps, type Check, type CheckStep } from "./check";
import { placeOf } from "./place";

/** Every check as a table in Markdown: what `npm run checks:table` writes. */
export function checksTable(): string {
  const rows = checkSteps.flatMap((step) => catalogue[step].map((check) => row(step, check)));
  return [
    "# What preflight checks",
    "",
    `${rows.length} checks, in the order in which they are made; a step of the runbook makes those of its own (assets/steps/\`<step>\`.sh).`,
    "A check that gives no answer within its seconds, or that cannot be made, has failed. Some are made only where the",
    "environment has what they look at. Written by `npm run checks:table` from the catalogue beside this file: edit that.",
    "",
    "| check | where | what it looks at, and why | what to do | step | seconds |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function row(step: CheckStep, { id, meaning, remedy, seconds, applies }: Check): string {
  const when = applies === undefined ? "" : " _(where it applies)_";
  const cells = [id, placeOf(id, step), inCell(meaning) + when, inCell(remedy), step, String(seconds)];
  return `| ${cells.join(" | ")} |`;
}

/** As Markdown shows it as it is, within a cell. */
function inCell(text: string): string {
  return text.replace(/[\\|<>*_`]/g, "\\$&").replaceAll("\n", " ");
}
