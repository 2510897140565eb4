import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** The processors that this process may use: `taskset` gives it fewer than the machine has. */
export function processors(): number {
  return availableParallelism();
}

/** What the processors that this process may use have done since the machine started, in clock ticks. */
export interface ProcessorTime {
  idle: number;
  all: number;
}

export function processorTime(): ProcessorTime {
  const allowed = allowedProcessors();
  const sum: ProcessorTime = { idle: 0, all: 0 };
  for (const line of readFileSync("/proc/stat", "utf8").split("\n")) {
    const [name = "", ...fields] = line.split(/\s+/);
    if (!/^cpu\d+$/.test(name) || !allowed.has(Number(name.slice(3)))) continue;
    // user nice system idle iowait irq softirq steal: proc_stat(5). What waits for a disk computes nothing.
    const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
      fields.map(Number);
    sum.idle += idle + iowait;
    sum.all += user + nice + system + idle + iowait + irq + softirq + steal;
  }
  return sum;
}

/** The share of the time between two readings in which the processors had nothing to do. */
export function idleShare(before: ProcessorTime, after: ProcessorTime): number {
  const all = after.all - before.all;
  return all === 0 ? 0 : (after.idle - before.idle) / all;
}

function allowedProcessors(): Set<number> {
  const list = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
  const ranges = list.split(",").map((range) => range.split("-").map(Number));
  return new Set(
    ranges.flatMap(([from = 0, to = from]) =>
      Array.from({ length: to - from + 1 }, (_, step) => from + step),
    ),
  );
}
