-- Roles whose names need quoting, in groups within groups, with every attribute that a role has.
-- Variables: password_owner, password_app, password_jobs. Every file here connects by itself.
\connect postgres
SET password_encryption = 'scram-sha-256';

CREATE ROLE "Owner ""O'Neil"" – Größe" LOGIN CREATEROLE CONNECTION LIMIT 7
  VALID UNTIL '2095-06-30 12:00:00+00' PASSWORD :'password_owner';
CREATE ROLE "app role" LOGIN NOINHERIT PASSWORD :'password_app';
CREATE ROLE "job owner" LOGIN VALID UNTIL 'infinity' PASSWORD :'password_jobs';
CREATE ROLE "select" NOLOGIN;
CREATE ROLE "group % outer" NOLOGIN;
CREATE ROLE "group \ inner" NOLOGIN NOINHERIT;
CREATE ROLE "role whose name has exactly 63 bytes, the longest that there is" NOLOGIN;
CREATE ROLE "Bypa$$er" BYPASSRLS NOLOGIN;
CREATE ROLE "trailing space " NOLOGIN CONNECTION LIMIT 0;
CREATE ROLE "replica\tor" REPLICATION NOLOGIN;

-- A hash of the old kind: it must come along as it is.
SET password_encryption = 'md5';
SET client_min_messages = error;
CREATE ROLE "Ünicode 角色" LOGIN VALID UNTIL '2001-01-01' PASSWORD :'password_app';
RESET client_min_messages;

GRANT "group \ inner" TO "group % outer" WITH ADMIN OPTION;
GRANT "group % outer" TO "app role" WITH INHERIT TRUE, SET FALSE;
GRANT "group % outer" TO "Owner ""O'Neil"" – Größe" WITH ADMIN OPTION;
GRANT "select" TO "job owner" WITH INHERIT FALSE;
GRANT pg_monitor TO "trailing space ";
-- Granted by somebody who is no superuser: the grantor must be the same afterwards.
SET ROLE "Owner ""O'Neil"" – Größe";
GRANT "group % outer" TO "job owner";
CREATE ROLE "made by the owner" NOLOGIN;
RESET ROLE;

GRANT SET ON PARAMETER my.own, session_replication_role TO "Owner ""O'Neil"" – Größe";
GRANT SET, ALTER SYSTEM ON PARAMETER log_min_duration_statement TO "select" WITH GRANT OPTION;

ALTER ROLE "app role" SET search_path = 'Weird "Schema" – %s $1 \', "$user", public;
ALTER ROLE "app role" SET "my.setting" = E'it''s \\ 100 % "quoted"';
ALTER ROLE "select" SET DateStyle = 'German, DMY';
COMMENT ON ROLE "app role" IS E'First line\nsecond line: ''quoted'', 100 %, \\, $$';
COMMENT ON ROLE "Bypa$$er" IS '';
