#!/bin/bash
# From here on an error that no check foresaw ends the step with a result. (A unit's follower must not write one.)
set -Eeuo pipefail
rm -f "$RESULT"
trap 'on_error $? $LINENO "$BASH_COMMAND"' ERR
