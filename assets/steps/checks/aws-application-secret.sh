#!/bin/bash
# The application's secret is as the switch wants it, and points at the source.
set -Eeuo pipefail

as_in_the_switch
read_secret
check_secret
refuse_unless_source
refuse_undeclared_keys
read_labels
refuse_rotation
pass "The secret $APPLICATION_SECRET points at the source, $(secret_place), as $(secret_key username)."
