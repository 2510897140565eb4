import { z } from "zod";
import { text } from "../formats/text";

const statement = text(
  "one SQL statement, which names what is tested as :'marker'",
  (value) => examine(value) ?? (value.includes(":'marker'") ? undefined : withoutMarker),
);

const query = text("one SQL query that gives at least one row", examine);

const withoutMarker = {
  why: "does not name :'marker', by which the test finds its own row again",
  remedy: "Put :'marker' where the row has a text of your own choosing.",
};

/** psql reads a statement; its own commands (\copy, \!) have no place in one. */
function examine(value: string): { why: string; remedy?: string } | undefined {
  if (value.trim() === "") return { why: "is empty" };
  if (value.includes("\\")) {
    return {
      why: "holds a backslash, which psql may take for a command of its own",
      remedy: "Write it without.",
    };
  }
  return undefined;
}

/**
 * What shows that the application works on a database: as its own role, a write lands and is read back, history and a
 * continuous aggregate answer, and the write is gone again. `:'marker'` is a text that no other row has.
 */
export const smokeTest = z.strictObject({
  write: statement,
  readBack: statement,
  history: query,
  /** Left out where the database has no continuous aggregate. */
  aggregate: query.exactOptional(),
  remove: statement,
});
