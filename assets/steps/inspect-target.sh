#!/bin/bash
# Reads what the target is, and refuses what could not take the restore: versions, extensions, room, a database in the
# way. Changes nothing.
set -Eeuo pipefail

# field NAME: one field of the inspection.
field() {
  sed -n "s/^$1=//p" "$STATE/inspection"
}

refuse_existing_database() {
  [ -n "$(field existing_oid)" ] || return 0
  refuse_unless_replaceable "$(field existing_oid)"
  say "The target's database $DATABASE, made by run ${MARKED_RUN:-(none)} (${MARKED_PHASE:-named by --replace}), will be replaced."
}

# What a session of the application would find otherwise on the target's server than on the source's, without what the
# database brings with it and what shall stay the target's own. Known here, before anything is dumped.
find_carried_settings() {
  local here
  here=$(plain_target_psql postgres --tuples-only --no-align --file=- <"$SQL/session-settings.sql")
  jq --compact-output --argjson here "$here" --argjson left "$LEFT_SETTINGS" '
    .sessionSettings as $there
    | ($there + $here | keys) - .databaseSettings - $left
    | map({name: ., value: $there[.], target: $here[.]}) | map(select(.value != .target))' \
    "$STATE/inspect-source.json" >"$STATE/carried-settings.json"
  different=$(jq --raw-output 'map("\(.name) (source \(.value // "default"), target \(.target // "default"))") | join(", ")' "$STATE/carried-settings.json")
  [ -n "$different" ] || return 0
  if [ "$DIFFERENT_SETTINGS" = refuse ]; then
    fail server-settings "The application's sessions would find other settings on the target's server: $different." \
      "Set them alike, name them in sessionSettings.left, or let the database carry them (sessionSettings.different: \"carry\")."
  fi
  say "Set for the database on the target, because its server differs: $different."
}

for tool in psql pg_restore jq aws sha256sum systemd-run; do
  command -v "$tool" >/dev/null || fail tool-missing "The target has no $tool." "Install it there."
done
attempt source-result-missing "inspect-source's result could not be read from the relay bucket $RELAY_BUCKET" \
  "Give the target's role s3:GetObject on runs/* of the bucket,." \
  aws s3 cp --only-show-errors "s3://$RELAY_BUCKET/runs/$RUN_ID/source/results/inspect-source.json" "$STATE/inspect-source.json"
if [ "$(source_field .locale.encoding)" = SQL_ASCII ]; then printf SQL_ASCII >"$STATE/client-encoding"; fi
attempt target-unreachable "No connection to the target's PostgreSQL at port $TARGET_PORT" \
  "Start it, or correct target.port." \
  target_psql postgres --tuples-only --no-align --field-separator== --set=database="$DATABASE" \
  --set=source_extensions="$(source_field '.extensions | tojson')" --file=- <"$SQL/inspect-target.sql" >"$STATE/inspection"

if [ "$(field postgresql)" != "$POSTGRESQL_VERSION" ]; then
  fail target-version "The target has PostgreSQL $(field postgresql); versions.postgresql says $POSTGRESQL_VERSION." "Install that version on the target, or approve the other by setting versions.postgresql."
fi
if [ -n "$(field missing_extensions)" ]; then
  fail target-extension-missing "The source uses extensions that the target does not have: $(field missing_extensions)." "Install their packages on the target."
fi
if [ -n "$(field other_versions)" ]; then
  fail target-extension-version "The target has other versions of the source's extensions: $(field other_versions)." "Install the source's versions on the target; ALTER EXTENSION UPDATE is a decision for after the move."
fi
if [ -n "$(source_field .versions.timescaledb)" ] && [[ $(field preload) != *timescaledb* ]]; then
  fail target-without-preload "shared_preload_libraries on the target is '$(field preload)': TimescaleDB is not loaded." "Set shared_preload_libraries = 'timescaledb' and restart PostgreSQL."
fi
# The Apache edition restores a Community database's rows, and then has neither compression nor policies for them.
edition=apache
if [ -e "$(field library_directory)/timescaledb-tsl-$(source_field .versions.timescaledb).so" ]; then edition=timescale; fi
if [ "$(source_field .versions.timescaledbEdition)" = timescale ] && [ "$edition" = apache ]; then
  fail target-edition "The source runs TimescaleDB's Community edition; the target has the Apache edition." "Install the vendor's package (timescaledb-2-postgresql-$POSTGRESQL_MAJOR), not the distribution's."
fi
refuse_existing_database
find_carried_settings

# Room for the restored database, as large as the source's at the most, and a quarter for WAL and sorting; the dump lies
# beside it on the same volume while it is restored. A database that is replaced gives its room back first.
database_bytes=$(source_field .databaseBytes)
dump_bytes=$(source_field .dumpRoom.needed)
needed=$((database_bytes + database_bytes / 4 + dump_bytes))
existing=$(field existing_bytes)
free=$(($(free_bytes "$DATA_MOUNT") + ${existing:-0}))
if [ "$free" -lt "$needed" ]; then
  fail no-room-on-target "The restore may need $(mebibytes "$needed"); the data volume at $DATA_MOUNT has $(mebibytes "$free")." \
    "Make room or enlarge target.dataVolumeGiB: $(mebibytes "$database_bytes") database, a quarter of that for WAL and sorting, $(mebibytes "$dump_bytes") dump."
fi
succeed "\"carriedSettings\":$(jq --compact-output 'map(.name)' "$STATE/carried-settings.json"),$(field members | sed "s/\"timescaledb\" :/\"timescaledbEdition\" : \"$edition\", &/"),\"room\":{\"needed\":$needed,\"free\":$free}"
