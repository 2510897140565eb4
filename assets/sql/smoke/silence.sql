-- What the statements answer is the application's data: only how many rows there are is told.
\o /dev/null
