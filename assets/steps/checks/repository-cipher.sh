#!/bin/bash
# The target's own stanza shows whether the passphrase is right or, before there is one, the source's beside it.
set -Eeuo pipefail

for stanza in "$STANZA" "$SOURCE_STANZA"; do
  case $(stanza_status "$stanza") in
    0 | 2) pass "The target's cipher ($(stanza_info "$stanza" '.[0].cipher')) opens stanza $stanza." ;;
    1 | 3) continue ;;
  esac
  # Read without a passphrase, what is encrypted begins with Salted__.
  case $(stanza_info "$stanza" '.[0].repo[] | select(.key == 3).status.message') in
    *CryptoError* | *Salted__*) refuse "The target's cipher ($(stanza_info "$stanza" '.[0].cipher')) does not open stanza $stanza: another passphrase or none was used there." ;;
    # The host may let the target see no stanza but its own.
    *) [ "$stanza" = "$STANZA" ] || continue ;;
  esac
  unmade "pgBackRest says of stanza $stanza: $(stanza_message "$stanza")."
done
warn "Nothing in the repository that the target may see is encrypted yet: its passphrase could be compared with none." \
  "Compare the secret with the repository host's own configuration."
