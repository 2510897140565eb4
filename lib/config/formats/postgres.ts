import { text, type Verdict } from "./text";

const LONGEST_IDENTIFIER = 63; // bytes: NAMEDATALEN - 1
const TEMPLATES = ["postgres", "template0", "template1"];

export const databaseName = text('the name of a database, such as "tracker"', (value) => {
  if (TEMPLATES.includes(value)) {
    return {
      why: "is a database that every PostgreSQL server has of its own",
      remedy: 'Write the name of the application\'s database, such as "tracker".',
    };
  }
  // libpq reads a name with "=" or "://" as a connection string, and programs a leading "-" as an option.
  if (/[=/]|^-/.test(value))
    return { why: 'holds "=" or "/" or starts with "-", which libpq reads otherwise' };
  return examineIdentifier(value);
});

/** A role that is carried over or given objects: any name that PostgreSQL takes, but none of its own. */
export const roleName = text('the name of a role, such as "tracker"', (value) => {
  if (value === "postgres") {
    return {
      why: "is the superuser, which never comes across and owns nothing of the application's",
      remedy: 'Name the role of the application, such as "tracker".',
    };
  }
  if (/^pg_/.test(value) || value === "public" || value === "none") {
    return {
      why: "is a name that PostgreSQL reserves",
      remedy: 'Name a role of your own, such as "tracker".',
    };
  }
  return examineIdentifier(value);
});

/** A setting of PostgreSQL's, an extension's or the application's own. */
export const settingName = text('the name of a setting, such as "TimeZone"', (value) =>
  /^[a-z_][a-z0-9_$]*([.][a-z_][a-z0-9_$]*)*$/i.test(value)
    ? examineIdentifier(value)
    : { why: "is no name of a setting", remedy: 'Write it as pg_settings shows it, such as "TimeZone".' },
);

/** A user of a source that is not ours, where it may well be `postgres`. */
export const loginName = text('the name that the dump logs in with, such as "postgres"', examineIdentifier);

function examineIdentifier(value: string): Verdict | undefined {
  if (value === "") return { why: "is empty" };
  if (/\p{Cc}/u.test(value)) return { why: "holds a control character" };
  if (value !== value.trim()) return { why: "starts or ends with a space", remedy: "Remove the space." };
  if (Buffer.byteLength(value) > LONGEST_IDENTIFIER) {
    return {
      why: `is longer than PostgreSQL's ${LONGEST_IDENTIFIER} bytes`,
      remedy: "Write the name in full as the server shows it.",
    };
  }
  return undefined;
}
