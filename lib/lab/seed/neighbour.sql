-- A second, unrelated database on the same server, with roles of its own. None of it may come along.
-- Variables: password_glimpse_owner, password_glimpse_app.
\connect postgres
SET password_encryption = 'scram-sha-256';

CREATE ROLE glimpse_owner LOGIN CREATEROLE PASSWORD :'password_glimpse_owner';
CREATE ROLE glimpse_ro NOLOGIN;
CREATE ROLE glimpse_app LOGIN CONNECTION LIMIT 30 PASSWORD :'password_glimpse_app';
GRANT glimpse_ro TO glimpse_app WITH ADMIN OPTION;
ALTER ROLE glimpse_app SET statement_timeout = '30s';

CREATE DATABASE glimpse_shared
  OWNER glimpse_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' CONNECTION LIMIT 50;
REVOKE ALL ON DATABASE glimpse_shared FROM PUBLIC;
GRANT CONNECT ON DATABASE glimpse_shared TO glimpse_ro;
ALTER DATABASE glimpse_shared SET timezone = 'Europe/London';
ALTER ROLE glimpse_app IN DATABASE glimpse_shared SET work_mem = '32MB';

\connect glimpse_shared
SET ROLE glimpse_owner;
CREATE SCHEMA shop;
ALTER DEFAULT PRIVILEGES FOR ROLE glimpse_owner GRANT SELECT ON TABLES TO glimpse_ro;
CREATE TABLE shop.customer_order (
  order_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text, total numeric(12, 2)
);
INSERT INTO shop.customer_order (note, total) SELECT 'order ' || i, i * 1.25 FROM generate_series(1, 5000) AS i;
GRANT INSERT ON shop.customer_order TO glimpse_app;
SELECT lo_from_bytea(80001, 'of the neighbour');
