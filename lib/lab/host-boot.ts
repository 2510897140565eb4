import { setTimeout as sleep } from "node:timers/promises";
import { BootFailed, bootResult } from "./boot-result";
import type { Host } from "./host";
import { describeFailedUnits, settledState } from "./host-state";
import { patienceMs } from "./patience";

/**
 * Waits until a host's boot has ended, cloud-init's stages included, and returns when it ended well. Throws
 * `BootFailed` when the target's boot says why it failed, and otherwise an error with the failed units' last lines.
 */
export async function assertBooted(host: Host): Promise<void> {
  const state = await settle(host);
  if (host.name === "target") await assertTargetBooted(host);
  if (state !== "running") throw new Error(await describeFailedUnits(host));
}

async function settle(host: Host): Promise<string> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const state = await settledState(host, deadline - Date.now());
    if (state === "running" || state === "degraded") return state;
    await sleep(50); // systemd cannot be asked yet.
  }
  throw new Error(`The ${host.name} host's boot did not end. Its console says:\n${host.console()}`);
}

async function assertTargetBooted(host: Host): Promise<void> {
  const result = await bootResult(host);
  if (result?.status === "failed") throw new BootFailed(host.name, result);
  if (result?.status === "succeeded") return;
  const { stdout } = await host.run(["cloud-init", "status", "--long"]);
  throw new Error(`cloud-init did not run the ${host.name} host's boot to its end:\n${stdout}`);
}
