#!/bin/bash
# The document that restarts the application after the switch is there and can be run.
set -Eeuo pipefail

if ! ask restart ssm describe-document --name "$RESTART_DOCUMENT"; then
  refused restart InvalidDocument || unmade "$(words_of restart)."
  refuse "There is no document $RESTART_DOCUMENT (application.restart.documentName) in $REGION."
fi
status=$(answer_of restart .Document.Status) type=$(answer_of restart .Document.DocumentType)
if [ "$status" != Active ] || [ "$type" != Command ]; then
  refuse "The document $RESTART_DOCUMENT is of type $type and $status; an Active document of type Command is wanted."
fi
pass "The Command document $RESTART_DOCUMENT is Active."
