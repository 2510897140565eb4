import type { Host } from "./host";

/** How systemd says that a host is: "running", "degraded", or what it is on its way from or to. */
export async function settledState(host: Host, timeoutMs: number): Promise<string> {
  const { stdout } = await host.run(["systemctl", "is-system-running", "--wait"], { timeoutMs });
  return stdout.trim();
}

/** One line with the units that failed, and the last that they said. */
export async function describeFailedUnits(host: Host): Promise<string> {
  const list = ["systemctl", "list-units", "--failed", "--plain", "--no-legend", "--no-pager"];
  const failed = await host.run(list);
  const units = failed.stdout.split("\n").flatMap((line) => line.trim().split(/\s+/)[0] || []);
  const journal = await host.run([
    "journalctl",
    "--no-pager",
    "-n",
    "15",
    ...units.map((unit) => `--unit=${unit}`),
  ]);
  return `The ${host.name} host is up, but ${units.join(", ")} failed:\n${journal.stdout}`;
}
