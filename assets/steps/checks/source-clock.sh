#!/bin/bash
# AWS refuses what is signed by a clock that is minutes off.
set -Eeuo pipefail

check_clock "The dump host"
