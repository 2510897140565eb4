-- Chunks on the hypercore table access method.
CREATE ROLE tracker LOGIN PASSWORD 'lab password of tracker';
CREATE DATABASE tracker OWNER tracker;
\connect tracker
CREATE EXTENSION timescaledb;
GRANT ALL ON SCHEMA public TO tracker;
SELECT _timescaledb_functions.stop_background_workers();
SET ROLE tracker;
CREATE TABLE public.price (ts timestamptz NOT NULL, sym text NOT NULL, open float8);
SELECT create_hypertable('public.price', by_range('ts', interval '1 day'));
ALTER TABLE public.price SET (timescaledb.compress, timescaledb.compress_segmentby = 'sym', timescaledb.compress_orderby = 'ts DESC');
INSERT INTO public.price SELECT timestamptz '2026-01-01 00:00Z' + i * interval '10 min', 's' || i % 3, i FROM generate_series(1, 1000) AS i;
SELECT count(compress_chunk(c, hypercore_use_access_method => true)) FROM show_chunks('public.price', older_than => timestamptz '2026-01-05 00:00Z') AS c;
