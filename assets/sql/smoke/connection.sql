-- How this session came: the version of TLS.
SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl;
