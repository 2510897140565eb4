#!/bin/bash
# Somebody may connect to the target: its security group lets in those that are named, and nobody else.
set -Eeuo pipefail

if [ -z "$APPLICATION_GROUPS" ]; then
  warn "application.securityGroupIds names none: the target's security group lets no application in."
fi
pass "The target lets in the security groups $APPLICATION_GROUPS."
