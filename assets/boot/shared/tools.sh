#!/bin/bash
# The commands that the boot and the runbook use, beside the server's own.
set -Eeuo pipefail

# Commands of the boot and the runbook, and the distribution's package of each.
readonly TOOLS=(curl:curl jq:jq openssl:openssl ssh-keygen:openssh-client zstd:zstd)

# Ubuntu 24.04 has no package of it, only a snap, which must not renew itself under a run.
install_aws() {
  if [[ $(candidate_version awscli) == [2-9]* ]]; then
    install_packages awscli
  else
    attempt aws-cli-unavailable "The AWS CLI's snap could not be installed" \
      'Let HTTPS out to the snap store, or use an image that has the AWS CLI; then run: systemctl restart timescale-cutover-boot.' \
      install_aws_snap
  fi
}

install_aws_snap() {
  timeout 300 snap wait system seed.loaded && timeout 900 snap install aws-cli --classic >&2 &&
    timeout 60 snap refresh --hold aws-cli >&2
}

assert_tools() {
  local tools answer
  tools=$(missing_tools "${TOOLS[@]}" | xargs)
  [ -z "$tools" ] || fail package-unavailable "This host lacks $tools." 'Install them in the image.'
  answer=$(aws --version 2>&1) || answer="no answer (${answer:-no command})"
  [[ $answer == aws-cli/[2-9]* ]] ||
    fail aws-cli-unavailable "The AWS CLI of this host is not of version 2: $answer." 'Use an image that has version 2, or none.'
  AWS_VERSION=${answer#aws-cli/} AWS_VERSION=${AWS_VERSION%% *}
}
