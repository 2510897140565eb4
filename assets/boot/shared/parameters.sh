#!/bin/bash
# What the host tells others by SSM parameters.
set -Eeuo pipefail

# A parameter of SSM, for those who must trust this host; written only when it differs.
publish() {
  local name=$1 value=$2
  if [ "$(aws_bounded ssm get-parameter --name "$name" --query Parameter.Value --output text)" = "$value" ]; then return 0; fi
  aws_bounded ssm put-parameter --name "$name" --type String --overwrite --value "$value" >/dev/null
}
