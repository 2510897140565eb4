#!/bin/bash
# The old server's pgBackRest against the version that the environment says the repository host has.
set -Eeuo pipefail

command -v pgbackrest >/dev/null || refuse "There is no pgbackrest on the source." "Install and configure it there, or allow the checks of the source's archiving by name: a rollback then has no backups."
here=$(runuser -u postgres -- pgbackrest version | sed -n 's/^pgBackRest //p')
[ "$here" = "$PGBACKREST_VERSION" ] || refuse "pgBackRest is ${here:-of no version} on the source; versions.pgbackrest is $PGBACKREST_VERSION."
pass "pgBackRest is $here on the source."
