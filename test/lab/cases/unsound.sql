-- A row that breaks its foreign key, and a function that finds its table by the search_path, which a restore does not have.
CREATE ROLE tracker LOGIN PASSWORD 'x1';
CREATE DATABASE tracker OWNER tracker;
\connect tracker
CREATE EXTENSION timescaledb;
CREATE TABLE public.device (id int PRIMARY KEY);
CREATE TABLE public.fix (device_id int CONSTRAINT of_device REFERENCES public.device);
ALTER TABLE public.fix DISABLE TRIGGER ALL;
INSERT INTO public.fix VALUES (7);
CREATE TABLE public.rate (r int);
CREATE FUNCTION public.newest_rate() RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN (SELECT max(r) FROM rate); END';
CREATE TABLE public.charged (r int CHECK (r > public.newest_rate()));
