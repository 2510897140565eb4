import { Duration } from "aws-cdk-lib";
import { isBurstable } from "../../../config/instance-type";
import { type AlarmDefinition, atMost, moreThan, whenMissing } from "../alarm-definition";
import { instanceMetric } from "../metrics";
import type { Watched } from "../watched";

/** Percent of what the instance may burst to, below which its disks will soon be at their base rate. */
const EBS_BALANCE_PERCENT = 20;

/** What the instance has saved up, and spends in a restore: CPU credits and EBS throughput. */
export function creditAlarms(watched: Watched): AlarmDefinition[] {
  const { instanceType, cpuCredits } = watched.environment.target;
  const burstable = isBurstable(instanceType);
  return [
    ...(burstable ? [cpuCreditsLow(watched)] : []),
    ...(burstable && cpuCredits === "unlimited" ? [cpuCreditsCharged(watched)] : []),
    ebsBalanceLow(watched, "EBSByteBalance%", "ebs-byte-balance", "throughput"),
    ebsBalanceLow(watched, "EBSIOBalance%", "ebs-io-balance", "operations"),
  ];
}

function cpuCreditsLow(watched: Watched): AlarmDefinition {
  const { cpuCredits } = watched.environment.target;
  const then =
    cpuCredits === "unlimited"
      ? "it goes on at full speed on credit, which is billed if it is not earned back within a day"
      : "it slows down to its base rate";
  return {
    name: "cpu-credits",
    description:
      `The target has few CPU credits left: without any, ${then}. See what uses the CPU, and start no restore now. ` +
      "Expected in the first hours of a new instance, which begins with none.",
    metric: instanceMetric(watched, "CPUCreditBalance", {
      period: Duration.minutes(5),
      statistic: "Minimum",
    }),
    comparison: atMost,
    threshold: watched.environment.alarms.cpuCreditBalance,
    periods: 3,
    missing: whenMissing.unknown,
  };
}

function cpuCreditsCharged(watched: Watched): AlarmDefinition {
  return {
    name: "cpu-credits-charged",
    description:
      "The target's CPU has used more than a day of credits in advance, and AWS bills the rest by the vCPU hour. If that is " +
      "no restore and goes on, choose a larger instance type.",
    metric: instanceMetric(watched, "CPUSurplusCreditsCharged", {
      period: Duration.hours(1),
      statistic: "Sum",
    }),
    comparison: moreThan,
    threshold: 0,
    periods: 1,
    missing: whenMissing.unknown,
  };
}

/** Types that never burst have no balance, and their alarm no data. */
function ebsBalanceLow(
  watched: Watched,
  metricName: string,
  name: string,
  what: "throughput" | "operations",
): AlarmDefinition {
  return {
    name,
    description:
      `The target has little left of the EBS ${what} above its base rate: its disks are about to slow down. ` +
      "See what reads or writes that much (pg_stat_activity, a backup, a restore), and let it end before anything else begins.",
    metric: instanceMetric(watched, metricName, { period: Duration.minutes(5), statistic: "Minimum" }),
    comparison: atMost,
    threshold: EBS_BALANCE_PERCENT,
    periods: 3,
    missing: whenMissing.unknown,
  };
}
