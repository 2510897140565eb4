ALTER SYSTEM RESET archive_mode;
ALTER SYSTEM RESET archive_command;
ALTER SYSTEM RESET archive_timeout;
