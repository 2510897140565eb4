#!/bin/bash
# The way to the repository host: its name at its address, its key pinned, a key of postgres's own whose public half its
# owner finds in an SSM parameter.
set -Eeuo pipefail

# A resolver that says something else, or nothing, must not stop the archiving.
pin_address() {
  local line="$REPOSITORY_ADDRESS $REPOSITORY_NAME # timescale-cutover"
  if grep -qxF "$line" /etc/hosts; then return 0; fi
  { sed '/ # timescale-cutover$/d' /etc/hosts && echo "$line"; } >"$FILES/hosts"
  # Not replaced but written: /etc/hosts may be a mount of its own.
  cat "$FILES/hosts" >/etc/hosts
}

# For every user, and nothing that anybody learns by accepting a key: the pinned one or none.
pin_host_key() {
  local known=/etc/ssh/timescale-cutover_known_hosts
  write_file "$known" 0644 root:root <<<"$REPOSITORY_KNOWN_AS,${REPOSITORY_KNOWN_AS/"$REPOSITORY_NAME"/"$REPOSITORY_ADDRESS"} $REPOSITORY_HOST_KEY"
  write_file /etc/ssh/ssh_config.d/timescale-cutover.conf 0644 root:root <<SSH
Host $REPOSITORY_NAME $REPOSITORY_ADDRESS
  StrictHostKeyChecking yes
  GlobalKnownHostsFile $known
  UserKnownHostsFile none
  BatchMode yes
  ConnectTimeout 15
SSH
}

# On the data volume, where postgres is at home: a replaced instance goes on with the key that the repository host knows.
make_key() {
  [ -e "$(dirname "$KEY")" ] || install -d -m 0700 -o postgres -g postgres "$(dirname "$KEY")"
  if [ ! -e "$KEY" ]; then
    as_postgres rm -f "$KEY.new" "$KEY.new.pub"
    as_postgres ssh-keygen -q -t ed25519 -N '' -C "postgres@timescale-cutover-$ENVIRONMENT" -f "$KEY.new"
    as_postgres mv "$KEY.new.pub" "$KEY.pub"
    as_postgres mv "$KEY.new" "$KEY"
  fi
}

REPOSITORY_KNOWN_AS=$REPOSITORY_NAME
[ "$REPOSITORY_SSH_PORT" = 22 ] || REPOSITORY_KNOWN_AS="[$REPOSITORY_NAME]:$REPOSITORY_SSH_PORT"
KEY=$(getent passwd postgres | cut -d: -f6)/.ssh/id_ed25519
pin_address
pin_host_key
make_key
PUBLIC_KEY=$(as_postgres ssh-keygen -y -f "$KEY")
attempt parameter-not-published "The public key of postgres could not be put into the SSM parameter $PUBLIC_KEY_PARAMETER" \
  "Give the instance's role ssm:GetParameter and ssm:PutParameter on it, then start timescale-cutover-boot again." \
  publish "$PUBLIC_KEY_PARAMETER" "$PUBLIC_KEY"
note publicKey "$(json_string "$PUBLIC_KEY")"
