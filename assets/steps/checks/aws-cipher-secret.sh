#!/bin/bash
# The passphrases of pgBackRest's repositories can be read. A value goes through a pipe and nowhere else.
set -Eeuo pipefail

seen=''
for name in $CIPHER_SECRETS; do
  length=$(read_secret_value "$name" | wc -c) ||
    refuse "The secret $name (repository.pgbackrest, cipher.passSecret) cannot be read: $(first_error)."
  # The CLI ends even an empty text with a newline.
  [ "$length" -gt 1 ] || refuse "The secret $name is empty." "Store the passphrase with which the repository was made."
  seen+="${seen:+, }$name"
done
pass "The target reads the passphrases: $seen."
