import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../lib/checks/catalogue";
import { checkSteps, type Check, type CheckStep } from "../../lib/checks/check";
import { places } from "../../lib/checks/place";
import { checksTable } from "../../lib/checks/table";
import { networkSource, prodWith } from "../runbook/environment";

const root = join(__dirname, "..", "..");
const all: [string, Check, CheckStep][] = checkSteps.flatMap((step) =>
  catalogue[step].map((check): [string, Check, CheckStep] => [check.id, check, step]),
);
const ids = all.map(([id]) => id);

/** The names of the files in a folder of assets; what is shared between them is in a folder of its own. */
function namesIn(folder: string, ending: string): string[] {
  const entries = readdirSync(join(root, "assets", folder), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name.replace(new RegExp(`\\${ending}$`), ""));
}

test("there are at least 45 checks, and something of everything is looked at", () => {
  expect(all.length).toBeGreaterThanOrEqual(45);
  for (const place of places) expect(ids.filter((id) => id.startsWith(`${place}-`))).not.toEqual([]);
});

test("every check has a name of its own", () => {
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(all)("the name of %s begins with what is looked at, and --allow takes it", (id) => {
  expect(id).toMatch(/^(source|target|repository|aws|plan)(-[a-z0-9]+)+$/);
  expect(id.length).toBeLessThanOrEqual(60);
});

test("every check has one file, and every file belongs to a check", () => {
  const files = [...namesIn("steps/checks", ".sh"), ...namesIn("sql/preflight", ".sql")];
  expect(files.sort()).toEqual([...ids].sort());
});

test.each(all)("%s says what it looks at and what to do in whole sentences", (_, { meaning, remedy }) => {
  for (const text of [meaning, remedy]) {
    // A sentence may begin with a name: pgBackRest, timescaledb.restoring, pg_hba.conf.
    expect(text).toMatch(/^([A-Z]|pgBackRest\b|[a-z]+[._]\w)[^\n]{10,}[.)]$/);
    // Nothing left over of an edit: they are printed as they stand.
    expect(text).not.toMatch(/ {2}|\bTODO\b/);
  }
});

test.each(all)("%s is ended within a minute", (_, { seconds }) => {
  expect(Number.isInteger(seconds)).toBe(true);
  expect(seconds).toBeGreaterThanOrEqual(5);
  expect(seconds).toBeLessThanOrEqual(60);
});

test.each(all.filter(([, { needs }]) => needs !== undefined))(
  "%s needs an earlier check of the same step, which is made wherever it is",
  (id, check, step) => {
    const earlier = catalogue[step].slice(0, catalogue[step].indexOf(check));
    const needed = earlier.find((one) => one.id === check.needs);
    expect({ id, needs: needed?.id }).toEqual({ id, needs: check.needs });
    const environments = [prodWith(), prodWith({ source: networkSource, ownership: { mode: "preserve" } })];
    for (const environment of environments) {
      if (check.applies?.(environment) ?? true) expect(needed?.applies?.(environment) ?? true).toBe(true);
    }
  },
);

test("with the repository out of reach all is over within 3 minutes", () => {
  // At the worst each check that needs no other hangs to its bound; the others see that theirs failed.
  const hanging = catalogue["check-repository"].filter(({ needs }) => needs === undefined);
  const seconds = hanging.reduce((sum, check) => sum + check.seconds, 0);
  // A minute is left for the other steps, as with all healthy.
  expect(seconds).toBeLessThanOrEqual(120);
});

test("the table of the checks is written anew where the catalogue was changed (npm run checks:table)", () => {
  expect(readFileSync(join(root, "lib", "checks", "README.md"), "utf8")).toBe(checksTable());
});
