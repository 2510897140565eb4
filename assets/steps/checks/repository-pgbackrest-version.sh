#!/bin/bash
# One version on both hosts: another is refused with 039, which info hides and archive-push misnames.
set -Eeuo pipefail

here=$(as_postgres pgbackrest version | sed -n 's/^pgBackRest //p')
there=$(sed -n 's/^pgBackRest //p' "$ASKED/version")
if [ -z "$there" ]; then
  # A forced command in authorized_keys may let nothing through but a stanza's own commands.
  said=$(stanza_message "$STANZA")
  case $(stanza_status "$STANZA"),$said in
    *"greeting key 'version'"*) refuse "The repository host's pgBackRest is not the target's $here: $said." ;;
    # It read what is there.
    [0-3],* | *CryptoError* | *FormatError*) ;;
    *) unmade "The repository host lets no 'pgbackrest version' through, and pgBackRest $here says: $said." ;;
  esac
  [ "$here" = "$PGBACKREST_VERSION" ] || refuse "pgBackRest is $here on the target; versions.pgbackrest is $PGBACKREST_VERSION."
  warn "The repository host lets no 'pgbackrest version' through; pgBackRest $here of the target talks to it, and so has its version." \
    "Nothing, where its owner means it so."
elif [ "$there" != "$here" ]; then
  refuse "pgBackRest is $there on the repository host and $here on the target: they do not talk to each other." \
    "Install $there on the target (versions.pgbackrest), or agree on $here with the repository host's owner."
elif [ "$here" != "$PGBACKREST_VERSION" ]; then
  refuse "pgBackRest is $here on both hosts; versions.pgbackrest is $PGBACKREST_VERSION." "Write $here into versions.pgbackrest."
fi
pass "pgBackRest is $here on the target and on the repository host."
