-- Takes the rows of each relation as the fingerprint counted them: relations.csv, as descriptor 9. Not from standard input:
-- a name may hold a line that ends COPY there, and what follows would be a statement.
CREATE TEMP TABLE counted (name text, rows bigint, digest text);
\copy pg_temp.counted FROM PROGRAM 'cat <&9' (FORMAT csv)
