#!/bin/bash
# Ends all that this run has on the dump host: its units, its sessions on the source, its snapshot, its dump and the
# source's password. Safe where there is none; runs after a failure too.
set -Eeuo pipefail

systemctl stop "timescale-cutover-$RUN_ID-*.service"
remove_dump
rm -rf -- "$STATE/snapshot" "/run/timescale-cutover/$RUN_ID"
succeed '"source":"released"'
