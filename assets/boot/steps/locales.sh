#!/bin/bash
# The locales that the source's databases may have been made with: a database can be restored only where its own is.
set -Eeuo pipefail

make_locales() {
  local locale there wanting=no
  there=$(locale -a)
  # glibc lists en_GB.UTF-8 as en_GB.utf8.
  for locale in $LOCALES; do
    if ! grep -qx "${locale%.*}.utf8" <<<"$there"; then
      say "making the locale $locale"
      grep -qx "$locale UTF-8" /etc/locale.gen || echo "$locale UTF-8" >>/etc/locale.gen
      wanting=yes
    fi
  done
  if [ "$wanting" = no ]; then return 0; fi
  attempt locale-not-made "The locales $LOCALES could not be made" \
    'Correct target.locales in bin/environments.ts, and deploy a new instance; or make them with locale-gen, and start timescale-cutover-boot again.' \
    locale-gen >/dev/null
  there=$(locale -a)
  for locale in $LOCALES; do
    grep -qx "${locale%.*}.utf8" <<<"$there" ||
      fail locale-not-made "locale-gen made no locale $locale." 'Correct target.locales in bin/environments.ts, and deploy a new instance.'
  done
}

make_locales
