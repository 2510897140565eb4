#!/bin/bash
# Installs the timers of the backups, and removes those of a schedule before. One that was missed while the host was off is
# made up for at its start. Without lines in the schedule the repository host starts the backups.
set -Eeuo pipefail

write_file /usr/local/sbin/timescale-cutover-backup 0755 root:root <"$FILES/backup.sh"
CHANGED=no
for type in full incremental; do
  unit=timescale-cutover-backup-$type
  calendar=$(sed -n "s/^$type //p" "$FILES/backup-schedule")
  if [ -z "$calendar" ]; then
    systemctl disable --now --quiet "$unit.timer" 2>/dev/null || : # It may never have been there.
    rm -f "/etc/systemd/system/$unit.timer"
    continue
  fi
  write_file "/etc/systemd/system/$unit.service" 0644 root:root <<END
[Unit]
Description=Backup ($type) of the cluster into each repository
Wants=network-online.target
After=network-online.target postgresql@$MAJOR-main.service

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/timescale-cutover-backup $type
TimeoutStartSec=20h
Nice=19
IOSchedulingClass=idle
CPUWeight=20
IOWeight=20
END
  write_file "/etc/systemd/system/$unit.timer" 0644 root:root <<END
[Timer]
OnCalendar=$calendar UTC
Persistent=true

[Install]
WantedBy=timers.target
END
done
[ "$CHANGED" = no ] || systemctl daemon-reload
while read -r type _; do
  systemctl enable --now --quiet "timescale-cutover-backup-$type.timer"
done <"$FILES/backup-schedule"
