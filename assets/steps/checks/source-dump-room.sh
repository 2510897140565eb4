#!/bin/bash
# Text in a dump is as large as the table at the most, and compression only makes it smaller.
set -Eeuo pipefail

needed=$(check_psql 20 --tuples-only --no-align --command="SELECT coalesce(sum(pg_table_size(oid)), 0) FROM pg_class WHERE relkind IN ('r', 'm')")
free=$(free_bytes "$DUMP_DIRECTORY")
figures="The dump may need $(mebibytes "$needed"); $DUMP_DIRECTORY on the dump host has $(mebibytes "$free") free"
[ "$free" -ge "$needed" ] || refuse "$figures."
[ "$free" -ge $((2 * needed)) ] || warn "$figures: it may take more than half of that from what else is there."
pass "$figures."
