-- A database in SQL_ASCII, with bytes that are no UTF-8, in a name too.
CREATE ROLE tracker LOGIN PASSWORD 'lab password of tracker';
CREATE DATABASE tracker OWNER tracker ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
\connect tracker
SET client_encoding = 'SQL_ASCII';
CREATE EXTENSION timescaledb;
GRANT ALL ON SCHEMA public TO tracker;
SET ROLE tracker;
CREATE TABLE public.note (id int PRIMARY KEY, body text);
INSERT INTO public.note VALUES (1, 'plain'), (2, E'caf\351 au lait');
COMMENT ON TABLE public.note IS E'd\351j\340 vu';
