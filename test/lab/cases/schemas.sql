-- No schema public; TimescaleDB in a schema whose name wants quotes.
CREATE ROLE tracker LOGIN PASSWORD 'lab password of tracker';
CREATE DATABASE tracker OWNER tracker;
\connect tracker
CREATE SCHEMA "Time Series";
CREATE EXTENSION timescaledb SCHEMA "Time Series";
DROP SCHEMA public;
CREATE SCHEMA app AUTHORIZATION tracker;
SET search_path = app, "Time Series";
CREATE TABLE app.reading (ts timestamptz NOT NULL, dev int, v float8);
SELECT create_hypertable('app.reading', 'ts');
INSERT INTO app.reading SELECT timestamptz '2026-01-01 00:00Z' + i * interval '1 hour', i % 5, i FROM generate_series(1, 100) AS i;
