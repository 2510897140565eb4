import type { Check } from "./check";

const asked = { seconds: 10, needs: "source-database" } as const;

/** What is in the source's database, and what of it a dump and a restore would lose or stumble over. */
export const sourceObjectChecks: readonly Check[] = [
  {
    id: "source-database",
    meaning: "The dump host reaches the source's database to look at what is in it.",
    remedy: "See source-connection, which tells the causes apart.",
    seconds: 20,
  },
  {
    id: "source-fence",
    meaning: "No earlier run has left the database fenced, and its connection limit lets the application in.",
    remedy: "Look at cutover status; cutover reopen opens the source again.",
    ...asked,
  },
  {
    id: "source-prepared-transactions",
    meaning:
      "No transaction of the database is prepared for a two-phase commit: it would hold its locks through the fence, and what it wrote would be lost.",
    remedy: "Commit or roll back each at the source: COMMIT PREPARED or ROLLBACK PREPARED with its name.",
    ...asked,
  },
  {
    id: "source-unreadable-relations",
    meaning:
      "The dump's user may read every table and sequence of the database: pg_dump ends at the first that it may not.",
    remedy: "Grant it SELECT on them and USAGE on their schemas, or name a superuser.",
    ...asked,
  },
  {
    id: "source-row-security",
    meaning: "No row security policy holds rows back from the dump's user: pg_dump would end with an error.",
    remedy: "Give the dump's user BYPASSRLS, or name a superuser.",
    ...asked,
  },
  {
    id: "source-invalid-indexes",
    meaning:
      "Every index is valid: a dump leaves an invalid one out, so the target lacks what the source pretends to have.",
    remedy: "REINDEX INDEX CONCURRENTLY each, or drop it.",
    ...asked,
  },
  {
    id: "source-partition-keys",
    meaning:
      "No partitioned table has rows that would belong into another partition on the target: those hashed by an enum, or by text in an order that the server's locale library decides.",
    remedy:
      "Rehearse with these tables' rows; where the restore refuses some, partition by a key of another type or with the collation C.",
    ...asked,
  },
  {
    id: "source-disabled-keys",
    meaning:
      "Every valid foreign key is enforced: where its triggers are disabled rows may break it, and the restore ends at the first that does.",
    remedy:
      "Mend or delete the rows that break it; or make the key anew as NOT VALID, which is restored as it is.",
    ...asked,
  },
  {
    id: "source-system-schemas",
    meaning: "Users have made nothing in pg_catalog or information_schema, which no dump carries.",
    remedy: "Move it to a schema of yours (ALTER ... SET SCHEMA), or drop it.",
    ...asked,
  },
  {
    id: "source-search-path",
    meaning:
      "No function that a restore calls (in indexes, checks, generated columns, partition keys, statistics and materialized views) names something without its schema: a restore's search_path is empty.",
    remedy: "Give each function its search_path: ALTER FUNCTION ... SET search_path. Then rehearse.",
    ...asked,
  },
  {
    id: "source-definitions",
    meaning:
      "The server reads back the text of every view, default, generated column, check, index and policy: a restore makes each from its text.",
    remedy:
      "Write it so that it is unambiguous (CREATE OR REPLACE VIEW, ALTER TABLE), or drop the cast or operator that came after it.",
    ...asked,
  },
  {
    id: "source-unlogged-tables",
    meaning: "No table is unlogged: its rows are dumped, but are in no backup and lost with a crash.",
    remedy: "Where its rows matter, ALTER TABLE ... SET LOGGED at the source, before the window.",
    ...asked,
  },
  {
    id: "source-large-objects",
    meaning: "The database holds no large objects: a rollback does not carry those written after the switch.",
    remedy:
      "Know what the application keeps in them; after a rollback, write the new ones to the source by hand.",
    ...asked,
  },
  {
    id: "source-event-triggers",
    meaning:
      "No event trigger would fire for the runbook's statements on the target, and none is owned by a role that is no superuser, which no restore can make.",
    remedy: "See that each lets ALTER ... OWNER pass, or disable it: ALTER EVENT TRIGGER ... DISABLE.",
    ...asked,
  },
  {
    id: "source-foreign-servers",
    meaning:
      "No foreign server has to be reached from the target, whose network is another, with passwords that its user mappings carry along.",
    remedy: "Open the way from the target to each, or drop those that nobody uses.",
    ...asked,
  },
  {
    id: "source-foreign-views",
    meaning: "No materialized view reads a foreign table: a restore runs its query, from the target.",
    remedy: "Open the way from the target to the foreign server, or let the views be restored empty.",
    ...asked,
  },
  {
    id: "source-custom-c-functions",
    meaning:
      "Every function in C belongs to an extension: the restore ends at one whose library does not lie on the target.",
    remedy: "Drop them at the source, or put their libraries on the target first; then --allow this check.",
    ...asked,
  },
  {
    id: "source-languages",
    meaning: "Every procedural language comes from an extension, whose package the target can be given.",
    remedy:
      "Rehearse; where the target lacks the handler's library, install its package, or drop the language.",
    ...asked,
  },
];
