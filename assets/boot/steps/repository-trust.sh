#!/bin/bash
# Lets the repository host in as postgres, for the backups that it starts of this host's stanza and for nothing else.
# Where the environment has no key of its, nobody is let in.
set -Eeuo pipefail

AUTHORIZED=$(getent passwd postgres | cut -d: -f6)/.ssh/authorized_keys
# Of the same folder as the other parameters.
HOST_KEY_PARAMETER=${PUBLIC_KEY_PARAMETER%/*}/ssh-host-key

# Other people's lines stay; one of an earlier boot goes, where the key was changed or taken away.
let_repository_host_in() {
  if [ ! -e "$AUTHORIZED" ] && [ ! -s "$FILES/repository-hosts-line" ]; then return 0; fi
  {
    [ ! -e "$AUTHORIZED" ] || as_postgres sed '/ timescale-cutover-repository$/d' "$AUTHORIZED"
    cat "$FILES/repository-hosts-line"
  } >"$FILES/authorized_keys"
  # Beside the file first, so that it is there whole or not at all; as postgres, whose folder it is.
  # shellcheck disable=SC2016 # the inner shell's
  as_postgres bash -c 'umask 077 && cat >"$1.timescale-cutover" && mv "$1.timescale-cutover" "$1"' bash "$AUTHORIZED" <"$FILES/authorized_keys"
}

# For the known_hosts of the repository host, which shall pin this host as this host pins it.
publish_host_key() {
  local key
  key=$(cut -d ' ' -f 1,2 /etc/ssh/ssh_host_ed25519_key.pub) || return
  publish "$HOST_KEY_PARAMETER" "$key"
}

write_file /usr/local/sbin/pgbackrest-only 0755 root:root <"$FILES/pgbackrest-only.sh"
let_repository_host_in
[ ! -s "$FILES/repository-hosts-line" ] ||
  attempt parameter-not-published "This host's public key could not be put into the SSM parameter $HOST_KEY_PARAMETER" \
    "Give the instance's role ssm:GetParameter and ssm:PutParameter on it, then start timescale-cutover-boot again." \
    publish_host_key
