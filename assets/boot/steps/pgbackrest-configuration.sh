#!/bin/bash
# pgbackrest.conf, with what only Secrets Manager knows. Written anew at every boot: a passphrase that was changed is
# there after the next one.
set -Eeuo pipefail

# read_secret NAME: its value, in SECRET. The name is the configuration's: an ARN would bind it to one account.
read_secret() {
  local remedy="Store the bare passphrase under that name in $REGION, let the instance's role read it, then run: systemctl restart timescale-cutover-boot."
  case $1 in
    arn:*) fail secret-is-arn "'$1' is an ARN where a secret's name is wanted." "Write the secret's name in bin/environments.ts, and deploy a new instance." ;;
  esac
  if ! SECRET=$(aws_bounded secretsmanager get-secret-value --secret-id "$1" --query SecretString --output text); then
    case $(cat "$ERRORS") in
      *ResourceNotFoundException*) fail secret-missing "There is no secret named '$1'." "$remedy" ;;
      *AccessDenied*) fail secret-denied "The instance's role may not read the secret '$1'." "$remedy" ;;
      *) fail secret-unreadable "The secret '$1' could not be read: $(first_error)." "$remedy" ;;
    esac
  fi
  case $SECRET in
    '' | None | *[[:space:]]* | \{*)
      fail secret-unfit "The secret '$1' is empty, JSON, or holds a space or a new line: pgBackRest wants the bare passphrase." "$remedy" ;;
  esac
}

# Written whole; the values travel through no argument and no file but this one.
write_pgbackrest_configuration() {
  local text
  text=$(cat "$FILES/pgbackrest.conf")
  if [ -n "$REPO3_PASS_SECRET" ]; then
    read_secret "$REPO3_PASS_SECRET"
    text=${text/@repo3-cipher-pass@/"$SECRET"}
  fi
  if [ -n "$REPO2_PASS_SECRET" ]; then
    read_secret "$REPO2_PASS_SECRET"
    text=${text/@repo2-cipher-pass@/"$SECRET"}
  fi
  SECRET=''
  write_file /etc/pgbackrest.conf 0640 root:postgres <<<"$text"
}

# pgBackRest reads its configuration before it speaks to anybody: what it refuses, it refuses at once, and what it
# cannot reach yet (the key is not yet known at the repository host) is not this step's. Its errors are on stdout.
check_pgbackrest_configuration() {
  local status=0
  as_postgres timeout 20 pgbackrest --stanza="$STANZA" --repo=3 --log-level-console=error --log-level-file=off info >"$ERRORS" 2>&1 || status=$?
  case $status in
    27 | 28 | 29 | 3[0-8]) fail pgbackrest-refuses "pgBackRest refuses /etc/pgbackrest.conf: $(first_error)." 'Correct repository.pgbackrest in bin/environments.ts, and deploy a new instance.' ;;
  esac
}

[ ! -e /etc/pgbackrest/pgbackrest.conf ] ||
  fail pgbackrest-configured-twice '/etc/pgbackrest/pgbackrest.conf is there, and pgBackRest would read it in place of /etc/pgbackrest.conf.' 'Remove it, then start timescale-cutover-boot again.'
install -d -m 0770 -o postgres -g postgres "$(sed -n 's/^log-path=//p' "$FILES/pgbackrest.conf")" "$(sed -n 's/^spool-path=//p' "$FILES/pgbackrest.conf")"
write_pgbackrest_configuration
check_pgbackrest_configuration
