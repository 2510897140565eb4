#!/bin/bash
# The way to the repository host: each of its obstacles has an owner of its own.
set -Eeuo pipefail

place="$REPOSITORY_HOST (port $REPOSITORY_SSH_PORT)"
key=$(getent passwd postgres | cut -d: -f6)/.ssh/id_ed25519
[ -s "$key" ] || refuse "The target's postgres has no key ($key)." "Restart timescale-cutover-boot on the target: it makes one."

status=0
repository_ssh "pgbackrest version" >"$ASKED/version" 2>"$ASKED/ssh" || status=$?
# 255 is ssh's own; anything else came from over there.
[ "$status" = 255 ] || pass "postgres gets into $place as $REPOSITORY_USER, with the pinned host key."

said=$(cat "$ASKED/ssh")
case $said in
  *"Connection refused"*)
    refuse "$place refuses the connection: no sshd listens there." "Ask the repository host's owner to start sshd, or correct repository.sshPort." ;;
  *"timed out"* | *"Connection closed by remote host"*)
    refuse "$place does not answer within 5 s." "Let TCP $REPOSITORY_SSH_PORT from the target through the security groups and routes on both sides." ;;
  *"No route to host"* | *"Network is unreachable"*)
    refuse "There is no route from the target to $place." "Look at the target subnet's route table and at the peering of the two VPCs." ;;
  *"Could not resolve hostname"*)
    refuse "$REPOSITORY_HOST does not resolve on the target." "Restart timescale-cutover-boot on the target: it writes the name into /etc/hosts." ;;
  *"HOST IDENTIFICATION HAS CHANGED"*)
    sent=$(grep -m 1 -oE 'SHA256:[A-Za-z0-9+/]+' <<<"$said") || sent='unknown'
    refuse "$place has another host key ($sent) than the one that is pinned." \
      "Ask its owner whether the key was changed. If so, correct repository.hostKey, deploy, and restart timescale-cutover-boot on the target." ;;
  *"host key is known"* | *"Host key verification failed"*)
    refuse "postgres knows no host key of $place." "Restart timescale-cutover-boot on the target: it pins repository.hostKey in /etc/ssh/timescale-cutover_known_hosts." ;;
  *"Permission denied"*)
    refuse "$place does not take the target's key ($(as_postgres ssh-keygen -l -f "$key" | cut -d ' ' -f 2)) for $REPOSITORY_USER." \
      "Give its owner the public key in the SSM parameter $PUBLIC_KEY_PARAMETER, for $REPOSITORY_USER's authorized_keys." ;;
esac
unmade "ssh to $place: $(tail -n 1 "$ASKED/ssh")."
