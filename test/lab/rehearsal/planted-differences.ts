import type { Fingerprint } from "./rehearsed";

/** What is planted, and how the comparison names it. */
export const planted: [what: string, statement: string, expectFound: (found: Fingerprint) => void][] = [
  [
    "one changed row",
    "UPDATE device SET label = label || ' changed' WHERE device_id = (SELECT min(device_id) FROM device)",
    (found) => expect(found.differentRelations.map(({ name }) => name)).toContain("public.device"),
  ],
  [
    "one dropped index",
    "DROP INDEX device_untagged_index",
    (found) => expectLine(found, /^index public\.device_untagged_index$/, "definition", null),
  ],
  [
    "one missing grant",
    "REVOKE ALL ON device FROM tracker_ro",
    (found) => expectLine(found, /^table public\.device$/, /^privileges of tracker_ro/, null),
  ],
  [
    "one changed job",
    "UPDATE _timescaledb_config.bgw_job SET max_retries = 77 WHERE id >= 1000",
    (found) => expectLine(found, /^job \d+ /, "max_retries", "77"),
  ],
  [
    "one disabled job",
    "UPDATE _timescaledb_config.bgw_job SET scheduled = NOT scheduled WHERE id = 4242",
    (found) => expectLine(found, /^job 4242 /, "scheduled", "true"),
  ],
  [
    "one moved sequence",
    "SELECT setval(pg_get_serial_sequence('device', 'device_id'), 999999)",
    (found) => expectLine(found, /^sequence public\.device_device_id_seq$/, "last value", "999999"),
  ],
];

function expectLine(
  { differentCatalogLines }: Fingerprint,
  object: RegExp,
  attribute: string | RegExp,
  target: string | null,
): void {
  expect(differentCatalogLines).toContainEqual(
    expect.objectContaining({
      object: expect.stringMatching(object),
      attribute: typeof attribute === "string" ? attribute : expect.stringMatching(attribute),
      target,
      expected: false,
    }),
  );
}
