-- Takes a document that is one line of JSON: no byte of it is this delimiter or this quote.
CREATE TEMP TABLE document (body jsonb);
COPY document FROM STDIN (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02');
