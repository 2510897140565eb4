import { type AlarmDefinition, atLeast, lessThan, whenMissing } from "../alarm-definition";
import { hostMetric } from "../metrics";
import type { Watched } from "../watched";

/** Whether the watching itself works. Every other alarm on the host's own metrics relies on these two. */
export function metricAlarms(watched: Watched): AlarmDefinition[] {
  return [
    {
      name: "metrics-missing",
      description:
        "The target publishes nothing about itself, so no other alarm on its metrics can ring. If the instance runs: systemctl status timescale-cutover-metrics.timer, " +
        "and journalctl -u timescale-cutover-metrics, on the host.",
      metric: hostMetric(watched, "MetricsUnread", { statistic: "SampleCount" }),
      comparison: lessThan,
      threshold: 1,
      periods: 5,
      missing: whenMissing.alarming,
    },
    {
      name: "metrics-unread",
      description:
        "The target cannot read some of its metrics, and their alarms stay as they were. journalctl -u timescale-cutover-metrics on the host says which, and why.",
      metric: hostMetric(watched, "MetricsUnread"),
      comparison: atLeast,
      threshold: 1,
      periods: 15,
      missing: whenMissing.asBefore,
    },
  ];
}
