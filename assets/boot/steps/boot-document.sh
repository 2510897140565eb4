#!/bin/bash
# Fetches the rest of the boot, which does not fit into 16 KB of user data: an SSM document of this host's own stack.
set -Eeuo pipefail

fetch_boot_document() {
  aws_bounded ssm get-document --name "$BOOT_DOCUMENT" --document-format JSON --query Content --output text >"$FILES/document" &&
    jq --raw-output --exit-status '.mainSteps[0].inputs.runCommand[]' "$FILES/document" >"$FILES/steps.sh" 2>"$ERRORS"
}

attempt boot-document-missing "The document $BOOT_DOCUMENT could not be read" \
  "Deploy the host stack, let the instance's role ssm:GetDocument on it, then run: systemctl restart timescale-cutover-boot." \
  fetch_boot_document
# shellcheck source=/dev/null
source "$FILES/steps.sh"
