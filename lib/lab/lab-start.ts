import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AwsDoubles } from "./aws-doubles";
import type { Host, HostName } from "./host";
import type { LabOptions } from "./lab";
import { addresses, labNetwork } from "./lab-hosts";
import { patienceMs } from "./patience";
import type { Snapshot } from "./snapshot";
import { provisionTarget, type TargetFacts } from "./target-provision";

interface Starting extends Pick<LabOptions, "provisionTarget" | "started" | "awaitTarget"> {
  snapshot: Snapshot | undefined;
}

/** Starts the hosts side by side, the target as soon as the AWS doubles answer; returns when they and the doubles are up. */
export async function startHosts(
  hosts: Readonly<Record<HostName, Host>>,
  facts: TargetFacts,
  aws: Promise<AwsDoubles>,
  options: Starting,
): Promise<void> {
  const { started = ["source", "target", "repository"] } = options;
  const starts: Record<HostName, () => Promise<void>> = {
    source: () =>
      options.snapshot === undefined
        ? startWithCluster(hosts.source, facts.postgresql.major)
        : hosts.source.boot(),
    target: async () => startProvisioned(hosts.target, facts, await aws, options),
    repository: () => hosts.repository.boot(),
  };
  await Promise.all([aws, ...started.map((name) => starts[name]())]);
}

async function startProvisioned(
  target: Host,
  facts: TargetFacts,
  aws: AwsDoubles,
  { provisionTarget: provide, awaitTarget = true, snapshot }: Starting,
): Promise<void> {
  await aws.serveMetadata(target.name);
  const provision = await provide(facts, aws);
  if (snapshot === undefined) provisionTarget(target, provision);
  else snapshot.assertProvision(provision);
  await (awaitTarget ? target.boot() : target.start());
}

async function startWithCluster(host: Host, major: number): Promise<void> {
  await host.boot();
  const script = readFileSync(join(__dirname, "provision", "cluster.sh"), "utf8");
  const argv = ["bash", "-s", "--", String(major), addresses[host.name], labNetwork];
  const { code, stdout, stderr } = await host.run(argv, { input: script, timeoutMs: patienceMs });
  if (code !== 0) throw new Error(`No cluster could be made on the ${host.name} host: ${stderr || stdout}`);
}
