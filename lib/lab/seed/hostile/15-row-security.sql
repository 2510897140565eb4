-- Row security in all its forms. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SET ROLE :"owner";
CREATE TABLE secured (id integer PRIMARY KEY, owned_by name DEFAULT current_user, level integer);
INSERT INTO secured SELECT i, CASE i % 2 WHEN 0 THEN 'app role' ELSE 'select' END, i % 5
  FROM generate_series(1, 20) AS i;
ALTER TABLE secured ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "it's mine" ON secured USING (owned_by = current_user) WITH CHECK (owned_by = current_user AND level < 9);
CREATE POLICY restrict_levels ON secured AS RESTRICTIVE FOR SELECT TO "app role", "select", "trailing space "
  USING (level <= (SELECT max(id) FROM referred) AND current_setting('my.own', true) IS DISTINCT FROM '%');
CREATE POLICY "insert %" ON secured FOR INSERT TO PUBLIC WITH CHECK (level IS NOT NULL);
CREATE POLICY "update $" ON secured FOR UPDATE TO "group % outer" USING (true);
CREATE POLICY deletes ON secured AS RESTRICTIVE FOR DELETE
  TO "role whose name has exactly 63 bytes, the longest that there is" USING (false);
CREATE TABLE secured_without_policy (a integer);
INSERT INTO secured_without_policy VALUES (1), (2);
ALTER TABLE secured_without_policy ENABLE ROW LEVEL SECURITY;
CREATE TABLE policy_but_off (a integer);
CREATE POLICY waits ON policy_but_off USING (a = 1);
ALTER TABLE policy_but_off FORCE ROW LEVEL SECURITY;
ALTER TABLE "by range" ENABLE ROW LEVEL SECURITY;
CREATE POLICY on_partitioned ON "by range" USING (amount > 0);
RESET ROLE;
