#!/bin/bash
# Both instances answer SSM, with an agent that hands parameters over as environment variables: an older one puts none there,
# and every step would end at once.
set -Eeuo pipefail

target=${SSM_TargetInstance:?}
[ "$target" != "$SOURCE_INSTANCE" ] ||
  refuse "source.instanceId names the target, $SOURCE_INSTANCE: the database would be restored onto the server that it leaves."
instances=$target${SOURCE_INSTANCE:+ $SOURCE_INSTANCE}
flaws='' seen=''
need agents ssm describe-instance-information --filters "Key=InstanceIds,Values=${instances// /,}"
for id in $instances; do
  agent=$(jq --raw-output --arg id "$id" '.InstanceInformationList[] | select(.InstanceId == $id) | "\(.PingStatus) \(.AgentVersion)"' "$ANSWERS/agents")
  read -r status version <<<"$agent" || :
  if [ -z "$agent" ]; then
    flaws+="${flaws:+; }$id is not managed by SSM"
  elif [ "$status" != Online ]; then
    flaws+="${flaws:+; }$id is $status"
  elif [ "$(printf '%s\n%s\n' "$AGENT_VERSION" "$version" | sort --version-sort | sed -n 1p)" != "$AGENT_VERSION" ]; then
    flaws+="${flaws:+; }$id has the SSM agent $version, and $AGENT_VERSION is the least"
  fi
  seen+="${seen:+, }$id $version"
done
[ -z "$flaws" ] || refuse "Of the runbook's instances: $flaws."
pass "SSM agents, all Online: $seen."
