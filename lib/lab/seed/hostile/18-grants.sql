-- Grants of every kind, with chains of grantors; default privileges. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SELECT current_setting('server_version_num')::integer >= 170000 AS pg17 \gset
SET ROLE :"owner";
GRANT USAGE ON SCHEMA :"weird" TO "group % outer" WITH GRANT OPTION;
GRANT SELECT, INSERT ON referred TO "group % outer" WITH GRANT OPTION;
GRANT ALL ON "no key" TO PUBLIC;
GRANT SELECT, UPDATE ON SEQUENCE "descending", "never called %" TO "trailing space ";
GRANT SELECT ("J j") ON "filled %" TO "app role";
GRANT SELECT (id, "Na me"), UPDATE ("Na me"), REFERENCES (id) ON referred TO "app role" WITH GRANT OPTION;
GRANT INSERT ("line
break	tab"), SELECT ("$1") ON "te""xts" TO PUBLIC;
GRANT SELECT ON "by range" TO "app role";
GRANT DELETE ON "by range 2025" TO "app role";
GRANT TRIGGER, TRUNCATE, REFERENCES ON parent TO "select";
-- An owner without rights of its own, and a table for nobody but its owner.
REVOKE ALL ON egg FROM :"owner";
GRANT SELECT ON hen TO "app role";
REVOKE SELECT ON hen FROM "app role";
REVOKE INSERT, UPDATE ON hen FROM :"owner";

GRANT EXECUTE ON FUNCTION "all the clauses" TO "app role" WITH GRANT OPTION;
REVOKE EXECUTE ON FUNCTION returns_set FROM PUBLIC;
REVOKE EXECUTE ON PROCEDURE "standard procedure" FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE "standard procedure" TO "trailing space ";
REVOKE EXECUTE ON FUNCTION "weighted sum"(numeric, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "weighted sum"(numeric, integer) TO "select";
REVOKE USAGE ON TYPE "enum's" FROM PUBLIC;
GRANT USAGE ON TYPE "enum's" TO "app role" WITH GRANT OPTION;
REVOKE ALL ON DOMAIN positive FROM PUBLIC, :"owner";
GRANT USAGE ON FOREIGN SERVER files TO "app role";
GRANT SELECT ("a") ON "foreign %" TO "app role";
GRANT SELECT ON "plain view", barrier TO "app role";
\if :pg17
  GRANT MAINTAIN ON referred TO "trailing space ";
\endif

-- Granted on by those who were given the option; the order and the grantors matter.
SET ROLE "group % outer";
GRANT SELECT ON :"weird".referred TO "select" WITH GRANT OPTION;
GRANT USAGE ON SCHEMA :"weird" TO "Bypa$$er";
SET ROLE "select";
GRANT SELECT ON :"weird".referred TO "made by the owner";
SET ROLE "app role";
GRANT EXECUTE ON FUNCTION :"weird"."all the clauses" TO "select";
GRANT UPDATE ("Na me") ON :"weird".referred TO "select";
GRANT SELECT ON LARGE OBJECT 4200001 TO "select";
RESET ROLE;

GRANT SELECT ON ALL TABLES IN SCHEMA :"weird" TO "role whose name has exactly 63 bytes, the longest that there is";
GRANT USAGE ON LANGUAGE "pl/Other" TO "app role" WITH GRANT OPTION;
REVOKE USAGE ON LANGUAGE "pl/Other" FROM PUBLIC;
GRANT USAGE ON FOREIGN DATA WRAPPER "my wrapper" TO "trailing space ", :"owner" WITH GRANT OPTION;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT CREATE ON SCHEMA public TO "select", "job owner";
REVOKE ALL ON SCHEMA "empty schema" FROM postgres;

-- On objects of the server itself and of extensions: a dump carries what differs from their creation.
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_file(text) TO "trailing space ";
GRANT SELECT (rolname, rolpassword) ON pg_catalog.pg_authid TO "select";
REVOKE SELECT ON pg_catalog.pg_stat_database FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION "ext $chema".gen_salt(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "ext $chema".gen_salt(text) TO "app role";
REVOKE USAGE ON TYPE "ext $chema".citext FROM PUBLIC;
GRANT USAGE ON TYPE "ext $chema".citext TO "app role";

ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT SELECT ON TABLES TO "app role";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" REVOKE USAGE ON TYPES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT USAGE ON SCHEMAS TO "select" WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA :"weird" GRANT ALL ON TABLES TO "trailing space ";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA :"weird" GRANT USAGE ON SEQUENCES TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA "select" GRANT EXECUTE ON FUNCTIONS
  TO "app role" WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON SEQUENCES TO "group % outer";
ALTER DEFAULT PRIVILEGES FOR ROLE "app role" REVOKE ALL ON TABLES FROM "app role";

-- These obey the defaults.
SET ROLE :"owner";
CREATE TABLE with_default_privileges (a serial);
CREATE FUNCTION "select".with_default_privileges() RETURNS integer LANGUAGE sql RETURN 1;
CREATE TYPE with_default_privileges_type AS (a integer);
RESET ROLE;
