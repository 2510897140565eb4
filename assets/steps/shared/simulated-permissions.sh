#!/bin/bash
# What IAM says of a role: one simulation of all that synthesis wrote from the policies' own statements. check-aws.sh has
# `ask`; aws-relay-target has found the relay's key.
set -Eeuo pipefail

# simulate NAME NEEDS ROLE: what IAM decides of each of the pairs that are needed, an object a line, into $ANSWERS/NAME.
# Ends the check where IAM does not answer, or says nothing of one of them.
simulate() {
  local name=$1 role=$3 unknown
  with_relay_key <<<"$2" >"$ANSWERS/$name.needs"
  jq .request "$ANSWERS/$name.needs" >"$ANSWERS/$name.request"
  if ! ask "$name.answer" iam simulate-principal-policy --cli-input-json "file://$ANSWERS/$name.request"; then
    if refused "$name.answer" NoSuchEntity; then refuse "The role ${role##*/} does not exist." "Name the instance's own role, and see that it stands."; fi
    unmade "$(words_of "$name.answer")." "Deploy the runbook stack: its policy lets the target's role simulate this one."
  fi
  # Of one resource IAM says it in the result, of several in a list below it.
  jq --compact-output --slurp '.[0].needed as $needed | [.[1].EvaluationResults[] | . as $all
      | if (.ResourceSpecificResults // []) == [] then {resource: .EvalResourceName, decision: .EvalDecision, boundary: .PermissionsBoundaryDecisionDetail}
        else .ResourceSpecificResults[] | {resource: .EvalResourceName, decision: .EvalResourceDecision, boundary: .PermissionsBoundaryDecisionDetail} end
      | {action: $all.EvalActionName, resource, decision, withinBoundary: (.boundary.AllowedByPermissionsBoundary != false),
         withinOrganization: ($all.OrganizationsDecisionDetail.AllowedByOrganizations != false)}] as $found
    | $needed[] | . as $need | first($found[] | select(.action == $need.action and .resource == $need.resource)) // ($need + {decision: null})' \
    "$ANSWERS/$name.needs" "$ANSWERS/$name.answer" >"$ANSWERS/$name"
  unknown=$(told "$name" '.decision == null')
  [ -z "$unknown" ] || unmade "IAM said nothing of $unknown."
}

# The needs with the relay's key in the place that synthesis left; without it where no object of the run names the key.
with_relay_key() {
  jq --arg key "$(relay_key)" 'def filled: if . == "RELAY-KEY" then $key else . end;
    .request.ResourceArns |= (map(filled) | map(select(. != ""))) | .needed |= (map(.resource |= filled) | map(select(.resource != "")))'
}

# relay_key: the ARN of the key that the relay's objects are encrypted with; nothing where none was read.
relay_key() {
  if [ -s "$ANSWERS/relay-object" ]; then jq --raw-output '.SSEKMSKeyId // empty' "$ANSWERS/relay-object"; fi
}

# told NAME FILTER: the first three of what the filter selects, "ACTION on RESOURCE (DECISION)", and how many more.
told() {
  jq --raw-output --slurp "[.[] | select($2)] | (.[:3] | map(\"\\(.action) on \\(.resource | sub(\"^arn:[^:]*:\"; \"\")) (\\(.decision // \"no decision\"))\") | join(\", \"))
    + (if length > 3 then \" and \\(length - 3) more\" else \"\" end)" "$ANSWERS/$1"
}
