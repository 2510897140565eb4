#!/bin/bash
# Logs in to the target as the application will: over the network, with TLS and the secret's credentials. The last step
# before the switch; what fails here would fail for the application.
set -Eeuo pipefail

read_secret
check_secret
refuse_unless_source
log_in
succeed "\"tls\":\"$TLS_MODE\",\"tlsVersion\":$(json_string "$TLS_VERSION")"
