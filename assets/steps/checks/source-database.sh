#!/bin/bash
# The way to the database that every check after this one needs; of a network source with the secret's password.
set -Eeuo pipefail

# What would end a step is a finding here.
fail() { refuse "$2" "$3"; }
aws() { AWS_MAX_ATTEMPTS=1 command aws --cli-connect-timeout 5 --cli-read-timeout 10 "$@"; }

fetch_source_password
size=$(check_psql 15 --tuples-only --no-align --command='SELECT pg_size_pretty(pg_database_size(current_database()))')
pass "$SOURCE_USER is in the database $DATABASE ($size)."
