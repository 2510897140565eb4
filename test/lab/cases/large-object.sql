-- One large object of 1.2 GB, nearly all of it a hole.
CREATE ROLE tracker LOGIN PASSWORD 'lab password of tracker';
CREATE DATABASE tracker OWNER tracker;
\connect tracker
CREATE EXTENSION timescaledb;
SET ROLE tracker;
SELECT lo_create(424242);
BEGIN;
SELECT lo_open(424242, 131072) AS fd \gset
SELECT lo_lseek64(:fd, 1200000000, 0);
SELECT lowrite(:fd, '\x010203'::bytea);
COMMIT;
