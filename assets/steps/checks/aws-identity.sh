#!/bin/bash
# Who this host is to AWS: steps that run as somebody else, or in another account, would look at other secrets and buckets.
set -Eeuo pipefail

need identity sts get-caller-identity
account=$(answer_of identity .Account)
arn=$(answer_of identity .Arn)
region=${AWS_REGION:-${AWS_DEFAULT_REGION:-${AWS_SSM_REGION_NAME-}}}
if [ "$account" != "$ACCOUNT" ]; then
  refuse "The target calls AWS as $arn: its account is $account, and aws.account is $ACCOUNT." \
    "Deploy to the environment's own account, or correct aws.account."
elif [ "$region" != "$REGION" ]; then
  refuse "The target's region is $region; aws.region is $REGION." \
    "Correct aws.region, or what sets AWS_REGION for the SSM agent on the target."
elif [[ $arn != *":assumed-role/$TARGET_ROLE/"* ]]; then
  refuse "The target calls AWS as $arn, not as its role $TARGET_ROLE." \
    "Give the instance the host stack's instance profile, and take other credentials away from root there (~/.aws, AWS_ACCESS_KEY_ID)."
fi
pass "The target is $arn in $region."
