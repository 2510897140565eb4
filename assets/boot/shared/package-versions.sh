#!/bin/bash
# The packages that the server is made of, and how the version of each has to look.
set -Eeuo pipefail

# By package: what its version has to look like.
declare -A WANTED

want() {
  local server="$POSTGRESQL_VERSION$1" postgis="$POSTGIS_VERSION$2"
  WANTED["postgresql-$MAJOR"]=$server
  WANTED["postgresql-client-$MAJOR"]=$server
  WANTED["postgresql-$MAJOR-postgis-3"]=$postgis
  WANTED["postgresql-$MAJOR-postgis-3-scripts"]=$postgis
  WANTED[pgbackrest]="$PGBACKREST_VERSION$1"
}

# The loader is pinned like the extension: a newer one asks for a newer PostgreSQL.
want_vendors_timescaledb() {
  WANTED["timescaledb-2-postgresql-$MAJOR"]="$TIMESCALEDB_VERSION$1"
  WANTED["timescaledb-2-loader-postgresql-$MAJOR"]="$TIMESCALEDB_VERSION$1"
}

want_packages() {
  case $PACKAGES in
    vendor)
      want '-*' '+dfsg-*'
      want_vendors_timescaledb '~*'
      ;;
    distribution)
      want '-*' '+dfsg-*'
      WANTED["postgresql-$MAJOR-timescaledb"]="$TIMESCALEDB_VERSION+dfsg-*"
      ;;
    preinstalled)
      # Of whatever origin, and only those that are there.
      want '[!0-9.]*' '[!0-9.]*'
      want_vendors_timescaledb '[!0-9.]*'
      WANTED["postgresql-$MAJOR-timescaledb"]="${TIMESCALEDB_VERSION}[!0-9.]*"
      ;;
  esac
  mapfile -t NAMES < <(printf '%s\n' "${!WANTED[@]}" | sort)
}

# The version of an installed package; nothing when it is not installed.
installed_version() {
  { dpkg-query --show --showformat='${db:Status-Status} ${Version}' "$1" 2>/dev/null || :; } | sed -n 's/^installed //p'
}

# The version that apt would install.
candidate_version() {
  apt-cache policy "$1" | sed -n 's/^  Candidate: //p'
}

# is_wanted PACKAGE VERSION
is_wanted() {
  # shellcheck disable=SC2053 # a pattern
  [[ $2 == ${WANTED[$1]} ]]
}
