import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Host } from "./host";

/** What the target's boot leaves, as far as the lab reads it. */
const schema = z.looseObject({
  status: z.enum(["succeeded", "failed"]),
  bootId: z.string(),
  step: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  remedy: z.string().optional(),
});
export type BootResult = z.infer<typeof schema>;

/** The target's boot ended failed. The message is the boot's own line. */
export class BootFailed extends Error {
  override readonly name = "BootFailed";

  constructor(
    host: string,
    readonly result: BootResult,
  ) {
    const { step, code, message, remedy } = result;
    super(`The ${host} host's boot failed at ${step} [${code}]: ${message} ${remedy}`);
  }
}

/** The result of the boot that the host is in; undefined when its service has not come to an end in it. */
export async function bootResult(host: Host): Promise<BootResult | undefined> {
  const { stdout: bootId } = await host.run(["cat", "/proc/sys/kernel/random/boot_id"]);
  const result = lastBootResult(host);
  return result?.bootId === bootId.trim() ? result : undefined;
}

/** The result of the last boot that came to an end; undefined when none did. */
export function lastBootResult(host: Pick<Host, "root">): BootResult | undefined {
  const file = join(host.root, "var/lib/timescale-cutover/boot.json");
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}
