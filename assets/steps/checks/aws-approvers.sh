#!/bin/bash
# Whoever shall approve the cutover exists: an ARN that names nobody would let the approval wait until it is over.
set -Eeuo pipefail

absent='' elsewhere='' count=0
for arn in $APPROVERS; do
  count=$((count + 1))
  IFS=: read -r _ _ _ _ account resource <<<"$arn"
  kind=${resource%%/*}
  if [ "$account" != "$ACCOUNT" ]; then
    elsewhere+="${elsewhere:+, }$arn"
  elif ! ask approver iam "get-$kind" "--$kind-name" "${arn##*/}"; then
    refused approver NoSuchEntity || unmade "$(words_of approver)."
    absent+="${absent:+, }$arn"
  elif [ "$(answer_of approver '(.Role // .User).Arn')" != "$arn" ]; then
    absent+="${absent:+, }$arn (its path is another: $(answer_of approver '(.Role // .User).Arn'))"
  fi
done
[ -z "$absent" ] || refuse "Of cutover.approvers there is none such: $absent."
[ -z "$elsewhere" ] || warn "Of cutover.approvers cannot be looked up from the account $ACCOUNT: $elsewhere." "Let them answer an approval of a rehearsal's day, or name roles of this account."
pass "All approvers exist: $count."
