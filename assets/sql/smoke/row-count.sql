-- Of the statement before.
\echo :ROW_COUNT
