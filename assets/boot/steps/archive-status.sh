#!/bin/bash
# Installs what compares PostgreSQL's archiving with what the repositories hold, and the timer that publishes it. systemd
# starts no second run beside one that is at work.
set -Eeuo pipefail

readonly ARCHIVE_STATUS=timescale-cutover-archive-status

for file in archive-status archive-repository archive-metrics; do
  write_file "/usr/local/sbin/timescale-cutover-$file" 0755 root:root <"$FILES/$file.sh"
done
write_file /usr/local/share/timescale-cutover/status.sql 0644 root:root <"$FILES/status.sql"
CHANGED=no
write_file "/etc/systemd/system/$ARCHIVE_STATUS.service" 0644 root:root <<END
[Unit]
Description=Publishes to CloudWatch what the repositories hold
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/timescale-cutover-archive-metrics
TimeoutStartSec=240
END
write_file "/etc/systemd/system/$ARCHIVE_STATUS.timer" 0644 root:root <<END
[Timer]
OnCalendar=*:0/5
AccuracySec=1s

[Install]
WantedBy=timers.target
END
[ "$CHANGED" = no ] || systemctl daemon-reload
systemctl enable --now --quiet "$ARCHIVE_STATUS.timer"
# At once, too: the alarms are made when the first boot has ended, and find values.
systemctl start --no-block "$ARCHIVE_STATUS.service"
