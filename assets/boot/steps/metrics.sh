#!/bin/bash
# Installs the timer that publishes the target's own metrics to CloudWatch. systemd starts no second run beside one that
# is at work, and ends a run before its minute is over.
set -Eeuo pipefail

readonly METRICS=timescale-cutover-metrics

write_file /usr/local/share/timescale-cutover/host.sh 0644 root:root <"$FILES/host.sh"
write_file "/usr/local/sbin/$METRICS" 0755 root:root <"$FILES/metrics.sh"
for file in server-metrics databases job-failures; do
  write_file "/usr/local/share/timescale-cutover/$file.sql" 0644 root:root <"$FILES/$file.sql"
done
CHANGED=no
write_file "/etc/systemd/system/$METRICS.service" 0644 root:root <<END
[Unit]
Description=Publishes the target's metrics to CloudWatch
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/$METRICS
TimeoutStartSec=55
END
write_file "/etc/systemd/system/$METRICS.timer" 0644 root:root <<END
[Timer]
OnCalendar=minutely
AccuracySec=1s

[Install]
WantedBy=timers.target
END
[ "$CHANGED" = no ] || systemctl daemon-reload
systemctl enable --now --quiet "$METRICS.timer"
# At once, too: the alarms are made when the first boot has ended, and find values.
systemctl start --no-block "$METRICS.service"
