#!/bin/bash
# The S3 repository, by the AWS CLI: with the role's credentials pgBackRest itself may take minutes to give up.
set -Eeuo pipefail

s3() {
  AWS_MAX_ATTEMPTS=1 aws --region "$REPO2_REGION" --cli-connect-timeout 5 --cli-read-timeout 10 \
    ${REPO2_ENDPOINT_URL:+--endpoint-url "$REPO2_ENDPOINT_URL"} s3api "$@"
}

# A prefix that the role's policy lets it list.
archive=${REPO2_PATH:+$REPO2_PATH/}archive/$STANZA/

# ask VERB COMMAND...: or ends the check with what S3's answer means.
ask() {
  local said
  ! s3 "${@:2}" 2>"$ASKED/s3" || return 0
  said=$(grep -v '^$' "$ASKED/s3" | tail -n 1) || said='no message'
  case $said in
    *NoSuchBucket*) refuse "There is no bucket $REPO2_BUCKET." "Correct repository.pgbackrest.repo2.bucket, or make the bucket." ;;
    *AccessDenied* | *Forbidden*) refuse "The target's role may not $1 s3://$REPO2_BUCKET/$archive." "Look at the target role's policy (the host stack's) and at the bucket's own." ;;
    *onnect* | *imeout*) refuse "S3 does not answer the target: $said." "Let HTTPS from the target out to S3: route, security group, endpoint policy." ;;
    *) refuse "S3 refuses s3://$REPO2_BUCKET/$archive: $said." ;;
  esac
}

ask list list-objects-v2 --bucket "$REPO2_BUCKET" --prefix "$archive" --max-keys 1 --query KeyCount --output text >"$ASKED/found"
[[ $(<"$ASKED/found") =~ ^[1-9] ]] || pass "The bucket $REPO2_BUCKET answers; it has no stanza $STANZA yet."
[ "$REPO2_CIPHER" = none ] || pass "The bucket $REPO2_BUCKET answers and has a stanza $STANZA, which is encrypted."

ask read get-object --bucket "$REPO2_BUCKET" --key "${archive}archive.info" "$ASKED/archive.info" >&2
theirs=$(sed -n 's/^db-system-id=//p' "$ASKED/archive.info")
ours=$(check_psql 5 --tuples-only --no-align --command='SELECT system_identifier FROM pg_control_system()')
if [ "$theirs" != "$ours" ]; then
  refuse "Stanza $STANZA in s3://$REPO2_BUCKET belongs to the cluster $theirs; the target's cluster is $ours." \
    "Give the target a stanza of its own (repository.pgbackrest.stanza), or remove that one by pgbackrest --repo=2 stanza-delete if nobody wants it any more."
fi
pass "The bucket $REPO2_BUCKET answers; stanza $STANZA there is this cluster's ($ours)."
