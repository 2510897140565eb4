#!/bin/bash
# Tells CloudFormation how the boot ended, while a deployment waits for it. The boot may fail before the AWS CLI is there, so
# curl signs the call, with the role's credentials, which no argument holds.
set -Eeuo pipefail

readonly METADATA=http://169.254.169.254/latest

# signal STATUS CODE: the stack's events show both.
signal() {
  local answer
  read_credentials || return
  answer=$(
    curl --silent --show-error --max-time 30 --retry 3 --config - \
      --data-urlencode Action=SignalResource --data-urlencode Version=2010-05-15 \
      --data-urlencode "StackName=$SIGNALLED_STACK" --data-urlencode "LogicalResourceId=$SIGNALLED_RESOURCE" \
      --data-urlencode "UniqueId=$2-$(date +%s)" --data-urlencode "Status=$1" \
      "${AWS_ENDPOINT_URL:-https://cloudformation.$REGION.amazonaws.com}/" 2>"$ERRORS" <<EOF
aws-sigv4 = "aws:amz:$REGION:cloudformation"
user = "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"
${AWS_SESSION_TOKEN:+header = "X-Amz-Security-Token: $AWS_SESSION_TOKEN"}
EOF
  ) || return
  case $answer in
    # No deployment waits: a restart of the host, or the boot's mending after the deployment had ended.
    *'cannot be signaled'* | *'does not exist'*) ;;
    *'<Error>'*) printf 'error: %s\n' "$answer" >"$ERRORS" && return 1 ;;
  esac
}

# On EC2 they come from the metadata service; jq may not be there yet.
read_credentials() {
  [ -z "${AWS_ACCESS_KEY_ID:-}" ] || return 0
  local token role found
  token=$(curl --silent --fail --max-time 5 --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$METADATA/api/token" 2>"$ERRORS") &&
    role=$(metadata "$token" meta-data/iam/security-credentials/) &&
    found=$(metadata "$token" "meta-data/iam/security-credentials/$role") || return
  AWS_ACCESS_KEY_ID=$(member AccessKeyId) AWS_SECRET_ACCESS_KEY=$(member SecretAccessKey) AWS_SESSION_TOKEN=$(member Token)
}

metadata() {
  curl --silent --show-error --fail --max-time 5 --header "X-aws-ec2-metadata-token: $1" "$METADATA/$2" 2>"$ERRORS"
}

# One text of the credentials' JSON.
member() {
  sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" <<<"$found"
}
