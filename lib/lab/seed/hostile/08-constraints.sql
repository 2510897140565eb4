-- Constraints of every form. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SET ROLE :"owner";

CREATE TABLE parent (
  id integer CONSTRAINT "parent's key" PRIMARY KEY DEFERRABLE INITIALLY DEFERRED,
  code text COLLATE "C", part integer, "Größe %" numeric DEFAULT 0.10
    CONSTRAINT "not inherited" CHECK ("Größe %" > -1) NO INHERIT,
  UNIQUE NULLS NOT DISTINCT (code, part),
  CONSTRAINT "unique, deferrable" UNIQUE (part, id) DEFERRABLE,
  CONSTRAINT "it's a check" CHECK (code <> '%' AND (part IS NULL OR part < 1000))
);
INSERT INTO parent VALUES (1, 'a', 1), (2, NULL, NULL), (3, NULL, 3), (4, 'a', NULL);

CREATE TABLE referred_twice (a integer, b integer, UNIQUE (a, b));
INSERT INTO referred_twice VALUES (1, 1), (1, 2), (NULL, NULL), (NULL, NULL);

CREATE TABLE child (
  id integer GENERATED ALWAYS AS IDENTITY,
  a integer DEFAULT 1, b integer DEFAULT 1, c integer, self integer UNIQUE REFERENCES child (self) DEFERRABLE,
  CONSTRAINT "set null of one" FOREIGN KEY (a, b) REFERENCES referred_twice (a, b)
    ON DELETE SET NULL (b) ON UPDATE CASCADE,
  CONSTRAINT "match full" FOREIGN KEY (a, c) REFERENCES referred_twice (a, b) MATCH FULL ON DELETE SET DEFAULT
    DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT restricts FOREIGN KEY (b) REFERENCES referred ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE
);
INSERT INTO referred VALUES (1, 'one'), (2, E'two\n');
INSERT INTO child (a, b, c, self) VALUES (1, 1, 2, 1), (1, NULL, 1, NULL), (NULL, 2, NULL, NULL);

-- Not valid: rows that break them are there, and have to come along.
CREATE TABLE "not valid" (a integer, b integer);
INSERT INTO "not valid" VALUES (-1, 77), (5, 1);
ALTER TABLE "not valid" ADD CONSTRAINT "a is positive" CHECK (a > 0) NOT VALID;
ALTER TABLE "not valid" ADD CONSTRAINT "b refers" FOREIGN KEY (b) REFERENCES referred NOT VALID;

-- Each of two tables refers to the other.
CREATE TABLE hen (id integer PRIMARY KEY, egg integer);
CREATE TABLE egg (id integer PRIMARY KEY, hen integer NOT NULL REFERENCES hen DEFERRABLE);
ALTER TABLE hen ADD FOREIGN KEY (egg) REFERENCES egg DEFERRABLE INITIALLY DEFERRED;
BEGIN;
INSERT INTO hen VALUES (1, 1), (2, 2);
INSERT INTO egg VALUES (1, 2), (2, 1);
COMMIT;

CREATE TABLE booking (
  room text COLLATE "C", at tstzrange, cancelled boolean DEFAULT false, area circle,
  CONSTRAINT "no overlap" EXCLUDE USING gist (room WITH =, at WITH &&) WHERE (NOT cancelled)
    DEFERRABLE INITIALLY DEFERRED,
  EXCLUDE USING gist (area WITH &&),
  EXCLUDE USING btree ((upper(room)) WITH =) INCLUDE (cancelled) WHERE (area IS NULL)
);
INSERT INTO booking VALUES
  ('a', '[2026-01-01,2026-01-02)', false, '<(0,0),1>'), ('a', '[2026-01-02,)', false, '<(9,9),1>'),
  ('a', '(,)', true, '<(20,0),1>');

-- A check through a function, and a constraint that took over an index under another name.
CREATE FUNCTION is_even(integer) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1 % 2 = 0;
CREATE TABLE evens (n integer NOT NULL CHECK (is_even(n)), m integer, CHECK (m IS NOT NULL));
INSERT INTO evens VALUES (2, 1), (4, 1);
CREATE UNIQUE INDEX "an index" ON evens (n) INCLUDE (m) WITH (fillfactor = 55);
ALTER TABLE evens ADD CONSTRAINT "now a key" PRIMARY KEY USING INDEX "an index";
RESET ROLE;
