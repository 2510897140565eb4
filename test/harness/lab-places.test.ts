import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identityOf } from "../../lib/lab/process-identity";
import { givePlaceBack, takePlace } from "./lab-places";
import { idleShare, processors } from "./processors";

const directory = mkdtempSync(join(tmpdir(), "lab-places-"));
const variable = "TIMESCALE_CUTOVER_TEST_RUN";
const before = process.env[variable];

beforeAll(() => {
  process.env[variable] = directory;
});

afterAll(() => {
  if (before === undefined) delete process.env[variable];
  else process.env[variable] = before;
  rmSync(directory, { recursive: true });
});

test("a place whose owner has died is taken over, one whose owner lives is not, and all are given back", async () => {
  const place = (number: number) => join(directory, `lab-place-${number}`);
  const own = identityOf(process.pid);
  for (let number = 1; number < processors(); number += 1)
    writeFileSync(place(number), JSON.stringify(identityOf(process.ppid)));
  writeFileSync(place(0), JSON.stringify({ ...own, startTime: "1" }));
  await takePlace();
  await takePlace();
  expect(readdirSync(directory).filter((name) => name.startsWith("lab-place-"))).toHaveLength(processors());
  expect(existsSync(place(0))).toBe(true);
  givePlaceBack();
  expect(existsSync(place(0))).toBe(false);
});

test("the idle share is that of the time between two readings", () => {
  expect(idleShare({ idle: 100, all: 1000 }, { idle: 160, all: 1100 })).toBe(0.6);
});
