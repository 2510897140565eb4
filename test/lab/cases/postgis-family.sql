-- What the official PostGIS image makes in every database: scripts that read the search_path and set it, and tables of
-- extensions with foreign keys among them.
CREATE ROLE tracker LOGIN PASSWORD 'lab password of tracker';
CREATE DATABASE tracker OWNER tracker;
\connect tracker
CREATE EXTENSION postgis;
CREATE EXTENSION postgis_topology;
CREATE EXTENSION fuzzystrmatch;
CREATE EXTENSION postgis_tiger_geocoder;
SELECT topology.CreateTopology('city', 4326, 0.0001);
SELECT topology.TopoGeo_AddLineString('city', 'SRID=4326;LINESTRING(0 0, 10 0, 10 10)'::geometry);
