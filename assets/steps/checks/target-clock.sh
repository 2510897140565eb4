#!/bin/bash
# The target's clock against AWS's. The dump host's is compared with the same clock, so that the two are with each other.
set -Eeuo pipefail

check_clock "The target"
