-- Views, materialized views and rules. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SET ROLE :"owner";
CREATE VIEW "plain view" ("Col %", "select") AS SELECT id, 'it''s "x" \ $1' || a FROM indexed WHERE a ~ '^\w+ \d$';
CREATE VIEW barrier WITH (security_barrier = true) AS SELECT * FROM referred WHERE id > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW invoker WITH (security_invoker, check_option = local) AS SELECT * FROM referred WHERE "Na me" IS NOT NULL;
CREATE VIEW on_view AS SELECT b.id, v."Col %" FROM barrier AS b JOIN "plain view" AS v ON v."Col %" = b.id;
ALTER VIEW barrier ALTER "Na me" SET DEFAULT 'default of the view';
CREATE RECURSIVE VIEW "recursive" (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM "recursive" WHERE n < 10;
-- Valid only as long as the key is there: a dump makes it in two steps.
CREATE VIEW grouped_by_key AS SELECT r.id, r."Na me", count(c.id) AS children
  FROM referred AS r LEFT JOIN child AS c ON c.b = r.id GROUP BY r.id;
CREATE FUNCTION reads_view() RETURNS SETOF grouped_by_key LANGUAGE sql AS 'SELECT * FROM grouped_by_key';
CREATE VIEW through_function AS SELECT * FROM reads_view();
CREATE VIEW "many clauses" AS
  WITH w AS MATERIALIZED (SELECT DISTINCT ON (j) j, id FROM indexed ORDER BY j, id DESC NULLS LAST)
  SELECT w.j, rank() OVER (PARTITION BY w.j % 2 ORDER BY w.id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) AS r,
         x.v, CASE WHEN w.j IS DISTINCT FROM 3 THEN '%' ELSE U&'\00e4' END AS s, t.tableoid::regclass AS rel,
         count(*) FILTER (WHERE w.j > 1) OVER () AS n, 'a' COLLATE "C" < 'b' COLLATE "C" AS collated,
         ARRAY[1, 2] |&| ARRAY[3] AS op
    FROM w CROSS JOIN LATERAL (SELECT w.j * 2) AS x (v) LEFT JOIN mother AS t ON t.a = w.j
   GROUP BY GROUPING SETS ((w.j, w.id, x.v, t.tableoid)) LIMIT 5 OFFSET 1;

-- Rules.
CREATE TABLE rule_log (what text, at integer DEFAULT 0);
CREATE RULE "insert, instead" AS ON INSERT TO "plain view" DO INSTEAD
  INSERT INTO referred VALUES (NEW."Col %", NEW."select") RETURNING referred.id, referred."Na me";
CREATE RULE also_log AS ON UPDATE TO referred WHERE OLD.id <> NEW.id DO ALSO (
  INSERT INTO rule_log VALUES ('it''s ' || OLD.id); DELETE FROM rule_log WHERE what = '%';
);
CREATE RULE notifies AS ON UPDATE TO rule_log DO ALSO NOTIFY "channel %", 'it''s \';
CREATE RULE "nothing" AS ON DELETE TO rule_log DO INSTEAD NOTHING;
ALTER TABLE rule_log DISABLE RULE "nothing";
ALTER TABLE referred ENABLE ALWAYS RULE also_log;
CREATE RULE replica_only AS ON DELETE TO "no key" DO ALSO INSERT INTO rule_log VALUES ('deleted');
ALTER TABLE "no key" ENABLE REPLICA RULE replica_only;

CREATE MATERIALIZED VIEW "filled %" ("J j", n) WITH (fillfactor = 60, autovacuum_enabled = off) AS
  SELECT j, count(*) FROM indexed GROUP BY j;
CREATE UNIQUE INDEX "of the filled" ON "filled %" ("J j");
CREATE MATERIALIZED VIEW on_filled AS SELECT sum(n) AS total FROM "filled %";
CREATE VIEW view_on_filled AS SELECT * FROM on_filled;
CREATE MATERIALIZED VIEW "not filled" USING "heap two" AS SELECT * FROM view_on_filled WITH NO DATA;
CREATE INDEX ON "not filled" (total);
ALTER MATERIALIZED VIEW "filled %" ALTER n SET STATISTICS 77;
CLUSTER "filled %" USING "of the filled";
RESET ROLE;
CREATE MATERIALIZED VIEW of_the_superuser AS SELECT relname FROM pg_class WHERE relname = 'pg_class';
