#!/bin/bash
# Lints every shell script of the project; shellcheck is Debian's (its npm package only downloads a binary).
set -Eeuo pipefail
cd "$(dirname "$0")/.."
shellcheck=/usr/bin/shellcheck
if [ ! -x "$shellcheck" ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "shellcheck is missing: install it (Debian: apt-get install shellcheck)." >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends shellcheck >/dev/null
fi
mapfile -d '' scripts < <(find assets lib test .ci/run -name '*.sh' -print0 -o -path .ci/run -print0)
# A step's file is a part: what it sets for other parts, and what they set for it, shellcheck sees only in the whole. The
# composed scripts are checked by test/runbook/step-script.test.ts.
"$shellcheck" --exclude=SC2034,SC2153 --external-sources "${scripts[@]}"
# head closes the pipe early: a writer that has more to say then ends with 141, and with it, under pipefail, the step.
if grep -rnE '\| *head\b' --include='*.sh' assets; then
  echo "A pipe into head: let sed read to the end (sed -n 1,5p)." >&2
  exit 1
fi
